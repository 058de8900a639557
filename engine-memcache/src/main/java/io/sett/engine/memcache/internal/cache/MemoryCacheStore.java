// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.cache.CacheAdvice;
import io.sett.api.cache.CacheEntry;
import io.sett.api.cache.CacheEntryInfo;
import io.sett.api.cache.CacheMemory;
import io.sett.api.cache.CacheSnapshotResult;
import io.sett.api.cache.CacheStats;
import io.sett.api.cache.CacheStore;
import io.sett.api.cache.CacheView;
import io.sett.api.cache.RemovalCause;
import io.sett.api.cache.RemovalListener;
import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.Registration;
import io.sett.api.common.Slice;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.engine.memcache.internal.cache.Batches.Place;
import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.shard.Change;
import io.sett.engine.memcache.internal.shard.EntryFacts;
import io.sett.engine.memcache.internal.shard.Shard;
import io.sett.engine.memcache.internal.shard.ShardPlan;
import io.sett.engine.memcache.internal.shard.WalkedEntry;
import io.sett.spi.Glob;
import io.sett.spi.HandleTracker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cache as its users see it; several views with different timeouts may stand before one core. */
public final class MemoryCacheStore implements CacheStore {

    /** What this cache can do. */
    public static final Set<Capability> CAPABILITIES = Set.copyOf(EnumSet.of(Capability.TTL, Capability.ZERO_COPY_READ,
            Capability.PATTERNS, Capability.ATOMIC_BATCH_SET, Capability.MULTI_KEY_ATOMIC,
            Capability.REMOVAL_LISTENER, Capability.CACHE_SNAPSHOT, Capability.ADVICE, Capability.EVICTION,
            Capability.IN_MEMORY, Capability.DEADLINES));

    private final CacheCore core;
    private final Lifecycle lifecycle;
    private final Batches batches;
    private final LockWait wait;
    private final boolean view;
    private final String readScope;

    MemoryCacheStore(CacheCore core, Lifecycle lifecycle, LockWait wait, boolean view) {
        this.core = core;
        this.lifecycle = lifecycle;
        this.batches = new Batches(core);
        this.wait = wait;
        this.view = view;
        this.readScope = "a read of cache '" + core.name() + "'";
    }

    // ---- one key ----

    private Session begin(boolean write) {
        Session session = core.session();
        core.gate().enter(session, write, wait);
        return session;
    }

    private void end(Session session, boolean write, long start) {
        session.leave(write);
        core.latencies().end(start, write);
        if (write) {
            core.removals().help();
        }
    }

    @Override
    public Optional<byte[]> get(String key) {
        Session session = begin(false);
        long start = core.latencies().start(session);
        try {
            core.keys().encode(key, session);
            byte[] value = core.shardOf(session.hash()).get(session.key(), session.keyLength(),
                    ShardPlan.fragment(session.hash()), core.ttl().now());
            found(key, session, session.hash(), value != null);
            return Optional.ofNullable(value);
        } finally {
            end(session, false, start);
        }
    }

    private void found(String key, Session session, long hash, boolean hit) {
        if (!hit) {
            core.checkOpen();
        }
        core.count(hit);
        core.advisor().requested(key, session, hash);
    }

    @Override
    public <T> Optional<T> read(String key, Function<? super Slice, ? extends T> reader) {
        Session session = begin(false);
        long start = core.latencies().start(session);
        try {
            core.keys().encode(key, session);
            Shard shard = core.shardOf(session.hash());
            if (shard.pin()) {
                try {
                    return readPinned(key, session, shard, reader);
                } finally {
                    shard.unpin();
                }
            }
            core.lock(shard, wait);
            try {
                return readPinned(key, session, shard, reader);
            } finally {
                shard.lock().unlock();
            }
        } finally {
            end(session, false, start);
        }
    }

    private <T> Optional<T> readPinned(String key, Session session, Shard shard,
            Function<? super Slice, ? extends T> reader) {
        Lease lease = session.takeLease(readScope);
        try {
            boolean hit = shard.locate(session.key(), session.keyLength(), ShardPlan.fragment(session.hash()),
                    core.ttl().now(), lease.located());
            found(key, session, session.hash(), hit);
            if (!hit) {
                return Optional.empty();
            }
            T answer = reader.apply(lease.slice());
            return Optional.of(Objects.requireNonNull(answer, "the function given to read must not return null"));
        } finally {
            session.giveBack(lease);
        }
    }

    @Override
    public boolean has(String key) {
        return live(key).isPresent();
    }

    /** What is known of a live entry. */
    private Optional<EntryFacts> live(String key) {
        return Optional.ofNullable(facts(key))
                .filter(facts -> !EntryLayout.isOver(facts.expiry(), core.ttl().now()));
    }

    private @Nullable EntryFacts facts(String key) {
        Session session = begin(false);
        try {
            core.keys().encode(key, session);
            EntryFacts facts = core.shardOf(session.hash()).facts(session.key(), session.keyLength(),
                    ShardPlan.fragment(session.hash()));
            core.checkOpen();
            return facts;
        } finally {
            session.leave(false);
        }
    }

    @Override
    public void set(String key, byte[] value) {
        set(key, value, core.ttl().defaultExpiry());
    }

    @Override
    public void set(String key, byte[] value, Duration ttl) {
        set(key, value, core.ttl().expiry(ttl));
    }

    private void set(String key, byte[] value, long expiry) {
        Session session = begin(true);
        long start = core.latencies().start(session);
        try {
            core.keys().encode(key, session);
            core.checkSize(key, session.keyLength(), value);
            Shard shard = core.shardOf(session.hash());
            core.lock(shard, wait);
            try {
                shard.set(session.key(), session.keyLength(), ShardPlan.fragment(session.hash()), value, expiry,
                        core.ttl().now());
            } finally {
                shard.lock().unlock();
            }
        } finally {
            end(session, true, start);
        }
    }

    @Override
    public boolean delete(String key) {
        Session session = begin(true);
        long start = core.latencies().start(session);
        try {
            core.keys().encode(key, session);
            Shard shard = core.shardOf(session.hash());
            core.lock(shard, wait);
            boolean deleted;
            try {
                deleted = shard.delete(session.key(), session.keyLength(), ShardPlan.fragment(session.hash()),
                        core.ttl().now());
            } finally {
                shard.lock().unlock();
            }
            (deleted ? core.counters().deletes : core.counters().deleteMisses).increment();
            return deleted;
        } finally {
            end(session, true, start);
        }
    }

    @Override
    public void clear() {
        Session session = begin(true);
        try {
            for (int i = 0; i < core.shardCount(); i++) {
                Shard shard = core.shard(i);
                core.lock(shard, wait);
                try {
                    shard.clear(core.ttl().now());
                } finally {
                    shard.lock().unlock();
                }
                core.removals().help();
            }
        } finally {
            end(session, true, 0);
        }
    }

    // ---- expiry ----

    private EntryFacts present(String key) {
        EntryFacts facts = facts(key);
        if (facts == null || EntryLayout.isOver(facts.expiry(), core.ttl().now())) {
            throw absent(key, facts != null);
        }
        return facts;
    }

    private KeyNotFoundException absent(String key, boolean expired) {
        return new KeyNotFoundException(expired ? ErrorCode.TTL_EXPIRED : ErrorCode.KEY_NOT_FOUND, "cache '"
                + core.name() + "' has no live entry '" + key + "'" + (expired ? "; it has expired" : ""),
                Map.of("key", key));
    }

    @Override
    public Optional<Duration> ttl(String key) {
        long expiry = present(key).expiry();
        return expiry == 0 ? Optional.empty() : Optional.of(core.ttl().left(expiry));
    }

    @Override
    public Optional<Instant> expiration(String key) {
        long expiry = present(key).expiry();
        return expiry == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expiry));
    }

    @Override
    public void updateTtl(String key, Duration ttl) {
        long expiry = core.ttl().expiry(ttl);
        present(key);
        Session session = begin(true);
        try {
            core.keys().encode(key, session);
            Shard shard = core.shardOf(session.hash());
            core.lock(shard, wait);
            boolean updated;
            try {
                updated = shard.expire(session.key(), session.keyLength(), ShardPlan.fragment(session.hash()), expiry,
                        core.ttl().now());
            } finally {
                shard.lock().unlock();
            }
            if (!updated) {
                throw new KeyNotFoundException(ErrorCode.TTL_UPDATE_FAILED, "the entry '" + key + "' of cache '"
                        + core.name() + "' vanished while its TTL was being changed", Map.of("key", key));
            }
        } finally {
            end(session, true, 0);
        }
    }

    // ---- several keys ----

    @Override
    public void setMany(Map<String, byte[]> entries) {
        setMany(entries, core.ttl().defaultExpiry());
    }

    @Override
    public void setMany(Map<String, byte[]> entries, Duration ttl) {
        setMany(entries, core.ttl().expiry(ttl));
    }

    private void setMany(Map<String, byte[]> entries, long expiry) {
        Session session = begin(true);
        long start = core.latencies().start(session);
        try {
            List<Change> changes = new ArrayList<>(entries.size());
            entries.forEach((key, value) -> {
                Place place = batches.place(key, session);
                core.checkSize(key, place.key().length, value);
                changes.add(new Change(key, place.key(), place.hash(), value, expiry));
            });
            batches.commit(changes, session, wait);
        } finally {
            end(session, true, start);
        }
    }

    @Override
    public Map<String, byte[]> getMany(Collection<String> keys) {
        Session session = begin(false);
        long start = core.latencies().start(session);
        try {
            KeyBatch batch = session.takeBatch();
            Collection<String> distinct = keys instanceof Set ? keys : new LinkedHashSet<>(keys);
            for (String key : distinct) {
                core.keys().encode(key, session);
                batch.add(key, session);
            }
            Map<String, byte[]> values = batches.get(batch, session, wait);
            core.countMany(values.size(), batch.size() - values.size());
            for (int i = 0; i < batch.size(); i++) {
                core.advisor().requested(batch.text(i), session, batch.hash(i));
            }
            session.giveBack(batch);
            core.checkOpen();
            return values;
        } finally {
            end(session, false, start);
        }
    }

    @Override
    public long deleteMany(Collection<String> keys) {
        Session session = begin(true);
        long start = core.latencies().start(session);
        try {
            List<Change> changes = new ArrayList<>();
            for (Place place : batches.places(keys, session)) {
                changes.add(new Change(place.text(), place.key(), place.hash(), null, 0));
            }
            long deleted = batches.commit(changes, session, wait);
            core.counters().deletes.add(deleted);
            core.counters().deleteMisses.add(changes.size() - deleted);
            return deleted;
        } finally {
            end(session, true, start);
        }
    }

    @Override
    public <T> T atomically(Collection<String> keys, Function<? super CacheView, ? extends T> body) {
        Session session = begin(true);
        long start = core.latencies().start(session);
        try {
            List<Place> places = batches.places(keys, session);
            Collection<Shard> shards = batches.shardsOf(places);
            batches.lock(shards, wait);
            try {
                AtomicView inside = new AtomicView(core, places);
                T answer;
                List<Change> changes;
                try {
                    answer = Objects.requireNonNull(body.apply(inside), "an atomic body must not return null");
                } finally {
                    changes = inside.end();
                }
                core.counters().deletes.add(batches.commitLocked(shards, changes));
                return answer;
            } finally {
                batches.unlock(shards);
            }
        } finally {
            end(session, true, start);
        }
    }

    @Override
    public Optional<byte[]> compute(String key, Function<Optional<byte[]>, Optional<byte[]>> function) {
        return CacheStore.super.compute(key, timed(function));
    }

    @Override
    public Optional<byte[]> compute(String key, Function<Optional<byte[]>, Optional<byte[]>> function, Duration ttl) {
        return CacheStore.super.compute(key, timed(function), ttl);
    }

    private Function<Optional<byte[]>, Optional<byte[]>> timed(
            Function<Optional<byte[]>, Optional<byte[]>> function) {
        return present -> {
            if (present.isPresent()) {
                return function.apply(present);
            }
            long start = System.nanoTime();
            Optional<byte[]> loaded = function.apply(present);
            if (loaded.isPresent()) {
                core.counters().loads.increment();
                core.counters().loadNanos.add(System.nanoTime() - start);
            }
            return loaded;
        };
    }

    // ---- all entries ----

    private EntryWalk walk(String pattern, boolean values, String what) {
        core.checkOpen();
        return new EntryWalk(core, wait, Glob.of(pattern), values, what);
    }

    @Override
    public Stream<String> keyStream(String pattern) {
        return walk(pattern, false, "stream of keys").stream().map(WalkedEntry::key);
    }

    @Override
    public long deleteByPattern(String pattern) {
        long deleted = 0;
        try (Stream<String> keys = keyStream(pattern)) {
            for (String key : (Iterable<String>) keys::iterator) {
                deleted += delete(key) ? 1 : 0;
            }
        }
        return deleted;
    }

    @Override
    public Stream<CacheEntry> entries() {
        return walk("", true, "stream of entries").stream().map(entry -> CacheEntry.of(entry.key(),
                Objects.requireNonNull(entry.value()),
                entry.expiry() == 0 ? Duration.ZERO : core.ttl().left(entry.expiry())));
    }

    @Override
    public long size() {
        core.checkOpen();
        long size = core.size(wait);
        core.removals().help();
        return size;
    }

    @Override
    public Optional<CacheEntryInfo> metadata(String key) {
        return live(key).map(facts -> new CacheEntryInfo(key, facts.valueBytes(), facts.memoryBytes(),
                core.plan().layout().keepsCreation() ? Optional.of(Instant.ofEpochMilli(facts.created()))
                        : Optional.empty(),
                facts.expiry() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(facts.expiry())),
                OptionalLong.empty()));
    }

    // ---- numbers ----

    @Override
    public long capacity() {
        core.checkOpen();
        return core.plan().limits().totalBytes();
    }

    @Override
    public CacheStats stats() {
        core.checkOpen();
        return core.stats();
    }

    @Override
    public void resetStats() {
        core.checkOpen();
        core.resetStats();
    }

    @Override
    public CacheMemory memoryUsage() {
        core.checkOpen();
        return core.memory(wait);
    }

    @Override
    public CacheAdvice advise() {
        core.checkOpen();
        return core.advisor().advise(wait);
    }

    @Override
    public Metrics metrics() {
        return CacheMetrics.of(core);
    }

    @Override
    public Health health() {
        return core.isClosed() ? Health.down("cache '" + core.name() + "' is closed") : Health.up();
    }

    @Override
    public Limits limits() {
        return new Limits(EntryLayout.MAX_KEY, core.plan().limits().maxValueBytes(), Long.MAX_VALUE, Long.MAX_VALUE,
                null);
    }

    // ---- listeners, snapshots, views, life ----

    @Override
    public Registration addRemovalListener(RemovalListener listener, Set<RemovalCause> causes) {
        core.checkOpen();
        if (causes.isEmpty()) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "a removal listener of cache '"
                    + core.name() + "' must name at least one cause");
        }
        return core.removals().add(listener, causes);
    }

    @Override
    public CacheSnapshotResult saveSnapshot(Path file) {
        return new CacheSnapshots(core).save(core.context().dataRoot().resolve(file), walk("", true, "snapshot"));
    }

    @Override
    public CacheSnapshotResult loadSnapshot(Path file) {
        core.checkOpen();
        return new CacheSnapshots(core).load(core.context().dataRoot().resolve(file));
    }

    @Override
    public CacheStore withTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "the timeout " + timeout + " for cache '"
                    + core.name() + "' must be more than zero");
        }
        return new MemoryCacheStore(core, lifecycle, core.lockWait().withTimeout(timeout), true);
    }

    @Override
    public String name() {
        return core.name();
    }

    @Override
    public String engine() {
        return "memory";
    }

    @Override
    public StoreKind kind() {
        return StoreKind.CACHE;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public boolean isOpen() {
        return !core.isClosed();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (type == HandleTracker.class) {
            return type.cast(core.handles());
        }
        throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "cache '" + core.name()
                + "' cannot be unwrapped as " + type.getName() + ", only as " + CacheStore.class.getName() + " or "
                + HandleTracker.class.getName());
    }

    @Override
    public void close() {
        if (!view) {
            lifecycle.close();
        }
    }
}
