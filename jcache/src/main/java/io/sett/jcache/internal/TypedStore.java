// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import io.sett.api.cache.CacheStore;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The store of a cache, seen with typed keys and values. Any thread. */
final class TypedStore<K, V> {

    private final CacheStore store;
    private final Keys keys;
    private final Values values;

    TypedStore(CacheStore store, ClassLoader loader) {
        this.store = store;
        this.keys = new Keys(loader);
        this.values = new Values(loader);
    }

    CacheStore store() {
        return store;
    }

    String stored(K key) {
        return keys.encode(key);
    }

    @SuppressWarnings("unchecked") // Only keys of this type were encoded.
    K key(String stored) {
        return (K) keys.decode(stored);
    }

    byte[] bytes(V value) {
        return values.encode(value);
    }

    @SuppressWarnings("unchecked") // Only values of this type were encoded.
    V value(byte[] bytes) {
        return (V) values.decode(bytes);
    }

    @Nullable V get(String stored) {
        byte[] bytes = store.get(stored).orElse(null);
        return bytes == null ? null : value(bytes);
    }

    boolean has(String stored) {
        return store.has(stored);
    }

    /** Stores with a time to live; {@link Duration#ZERO} for ever. */
    void set(String stored, byte[] value, Duration ttl) {
        store.set(stored, value, ttl);
    }

    /** Changes the value and leaves the expiry; false when the entry is gone. */
    boolean update(String stored, byte[] value) {
        return store.atomically(List.of(stored), view -> view.update(stored, value));
    }

    /** A new time to live; false when the entry is gone. */
    boolean touch(String stored, Duration ttl) {
        try {
            store.updateTtl(stored, ttl);
            return true;
        } catch (KeyNotFoundException gone) {
            return false;
        } catch (InvalidOperationException vanished) {
            if (vanished.code() == ErrorCode.TTL_UPDATE_FAILED) {
                return false;
            }
            throw vanished;
        }
    }

    boolean delete(String stored) {
        return store.delete(stored);
    }

    void clear() {
        store.clear();
    }

    /** All keys as they are stored; to be closed. */
    Stream<String> storedKeys() {
        return store.keyStream("");
    }
}
