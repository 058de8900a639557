// SPDX-License-Identifier: Apache-2.0
package io.sett.api;

import io.sett.api.cache.CacheEntry;
import io.sett.api.cache.CacheStore;
import io.sett.api.cache.CacheView;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVEntry;
import io.sett.api.kv.KVStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A cache in front of a key-value store: reads come from the cache where they can and are loaded from the store where
 * not; writes go to the store first and then to the cache. Keys are text, in the store as UTF-8.
 *
 * <p>Loading a key and writing it exclude each other, so the cache never keeps a value that the store no longer has, as
 * long as all writes of these keys come through here; after other writes call {@link #invalidate}. An entry never stays
 * in the cache longer than it lives in the store. What the cache refuses (too large, too short a life) is simply not
 * cached.
 *
 * <p>Thread-safe. Owns neither store: closing them is up to who opened them. Errors are those of the two stores.
 */
public final class KVCache {

    private static final Set<ErrorCode> NOT_CACHED = Set.of(ErrorCode.ENTRY_TOO_LARGE, ErrorCode.INVALID_TTL,
            ErrorCode.CACHE_FULL, ErrorCode.MEMORY_EXHAUSTED, ErrorCode.MEMORY_FRAGMENTATION,
            ErrorCode.SHARD_OVERFLOW);

    private final KVStore store;
    private final CacheStore cache;
    private final Clock clock;

    private KVCache(KVStore store, CacheStore cache, Clock clock) {
        this.store = store;
        this.cache = cache;
        this.clock = clock;
    }

    /** Puts a cache, which should be used for nothing else, in front of a store. */
    public static KVCache of(KVStore store, CacheStore cache) {
        return of(store, cache, Clock.systemUTC());
    }

    /** The same with the clock by which entries of the store expire. */
    public static KVCache of(KVStore store, CacheStore cache, Clock clock) {
        return new KVCache(store, cache, clock);
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** The value, from the cache or from the store; empty when the store has none. Absence is not cached. */
    public Optional<byte[]> get(String key) {
        Optional<byte[]> cached = cache.get(key);
        return cached.isPresent() ? cached : refusable(key,
                () -> cache.atomically(List.of(key), view -> load(view, key)), () -> store.get(bytes(key)));
    }

    private Optional<byte[]> load(CacheView view, String key) {
        if (view.has(key)) {
            return view.get(key);
        }
        Optional<KVEntry> entry = store.entry(bytes(key));
        entry.ifPresent(found -> keep(view, key, found));
        return entry.map(KVEntry::value);
    }

    private void keep(CacheView view, String key, KVEntry entry) {
        Optional<Duration> left = left(entry);
        try {
            if (left.isEmpty()) {
                view.set(key, entry.value());
            } else if (!left.get().isNegative() && !left.get().isZero()) {
                view.set(key, entry.value(), left.get());
            }
        } catch (StorageException refused) {
            passOnUnlessRefused(refused);
        }
    }

    private Optional<Duration> left(KVEntry entry) {
        return entry.expiresAt().map(expiry -> Duration.between(clock.instant(), expiry));
    }

    private static void passOnUnlessRefused(StorageException failed) {
        if (!NOT_CACHED.contains(failed.code())) {
            throw failed;
        }
    }

    /** Stores a value, in the store first. When it fails, the cache forgets the key. */
    public void put(String key, byte[] value) {
        write(key, view -> {
            store.put(bytes(key), value);
            keep(view, key, KVEntry.of(bytes(key), value));
        });
    }

    /** Removes a key, from the store first. When it fails, the cache forgets the key. */
    public void delete(String key) {
        write(key, view -> {
            store.delete(bytes(key));
            view.delete(key);
        });
    }

    private void write(String key, Consumer<CacheView> change) {
        boolean[] stored = {false};
        try {
            refusable(key, () -> cache.atomically(List.of(key), view -> {
                view.delete(key);
                change.accept(view);
                stored[0] = true;
                return true;
            }), () -> stored[0]);
        } finally {
            if (!stored[0]) {
                cache.delete(key);
            }
        }
    }

    /** What the cache cannot keep it must not keep an older version of either. */
    private <T> T refusable(String key, Supplier<T> action, Supplier<T> otherwise) {
        try {
            return action.get();
        } catch (StorageException refused) {
            passOnUnlessRefused(refused);
            cache.delete(key);
            return otherwise.get();
        }
    }

    /** Makes the cache forget a key; to be called after the store was changed by others. */
    public void invalidate(String key) {
        cache.delete(key);
    }

    /**
     * Fills the cache with the entries of the store whose keys begin so, in the order of keys, those that it does not
     * have. For the time before the first users: a write beside it may be overtaken. Keys that are not
     * UTF-8 are left out.
     *
     * @return how many were added
     */
    public long warmUp(byte[] prefix) {
        long added = 0;
        try (Cursor cursor = store.iterate(prefix)) {
            while (cursor.next()) {
                added += cached(cursor.entry()).map(this::add).orElse(0L);
            }
        }
        return added;
    }

    private long add(CacheEntry entry) {
        try {
            return cache.warmUp(Stream.of(entry));
        } catch (StorageException refused) {
            passOnUnlessRefused(refused);
            return 0;
        }
    }

    private Optional<CacheEntry> cached(KVEntry entry) {
        String key = new String(entry.key(), StandardCharsets.UTF_8);
        Optional<Duration> left = left(entry);
        if (key.isEmpty() || !Arrays.equals(bytes(key), entry.key())
                || left.isPresent() && (left.get().isNegative() || left.get().isZero())) {
            return Optional.empty();
        }
        return Optional.of(left.map(ttl -> CacheEntry.of(key, entry.value(), ttl))
                .orElseGet(() -> CacheEntry.of(key, entry.value())));
    }

    /** Both stores by name, for messages. */
    @Override
    public String toString() {
        return "KVCache" + Map.of("cache", cache.name(), "store", store.name());
    }
}
