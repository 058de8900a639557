// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.cache.CacheMemory;
import io.sett.api.cache.CacheStats;
import io.sett.api.common.LatencySummary;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.settings.CacheSettings;
import io.sett.engine.memcache.internal.settings.FullPolicy;
import io.sett.engine.memcache.internal.shard.Counters;
import io.sett.engine.memcache.internal.shard.MemoryLimits;
import io.sett.engine.memcache.internal.shard.Shard;
import io.sett.engine.memcache.internal.shard.ShardPlan;
import io.sett.engine.memcache.internal.shard.ShardUse;
import io.sett.engine.memcache.internal.slab.SlabPool;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import io.sett.spi.settings.EngineSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What all views of one cache share: its shards and what belongs to them. */
final class CacheCore {

    private final EngineContext context;
    private final ShardPlan plan;
    private final Shard[] shards;
    private final Counters counters = new Counters();
    private final RemovalDispatcher removals;
    private final TtlRules ttl;
    private final Keys keys;
    private final Gate gate;
    private final LockWait lockWait;
    private final Latencies latencies;
    private final CacheAdvisor advisor;
    private final HandleTracker handles;
    private final boolean countsHits;
    private final boolean memoryStats;
    private final ThreadLocal<Session> sessions;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Instant countingSince;

    CacheCore(EngineContext context) {
        EngineSettings settings = context.settings();
        this.context = context;
        this.removals = new RemovalDispatcher(context.name(), counters);
        this.plan = plan(context, settings);
        this.ttl = new TtlRules(settings, context.clock());
        this.keys = new Keys(context.name(), plan.hash());
        this.gate = new Gate(settings.get(CacheSettings.MAX_CONCURRENT_READERS).intValue(),
                settings.get(CacheSettings.MAX_CONCURRENT_WRITERS).intValue());
        this.lockWait = LockWait.of(context.name(), settings.get(CacheSettings.LOCK_TIMEOUT));
        this.latencies = new Latencies(settings.get(CacheSettings.TRACK_OPERATION_LATENCY));
        this.advisor = new CacheAdvisor(this);
        this.handles = new HandleTracker(context.handles());
        this.countsHits = settings.get(CacheSettings.TRACK_HIT_RATE);
        this.memoryStats = settings.get(CacheSettings.ENABLE_MEMORY_STATS);
        this.sessions = ThreadLocal.withInitial(gate::open);
        this.countingSince = context.clock().instant();
        this.shards = new Shard[plan.shards()];
        long now = ttl.now();
        for (int i = 0; i < shards.length; i++) {
            shards[i] = new Shard(plan, now);
        }
    }

    private ShardPlan plan(EngineContext from, EngineSettings settings) {
        long hardMax = settings.get(CacheSettings.HARD_MAX_CACHE_SIZE);
        long memoryLimit = settings.get(CacheSettings.MEMORY_LIMIT);
        int count = MemoryLimits.shards(settings.get(CacheSettings.SHARDS).intValue(), hardMax, memoryLimit,
                settings.isSet(CacheSettings.SHARDS) ? MemoryLimits.LEAST_SHARD : MemoryLimits.COMFORTABLE_SHARD);
        long expected = settings.isSet(CacheSettings.MAX_ENTRIES_IN_WINDOW)
                ? settings.get(CacheSettings.MAX_ENTRIES_IN_WINDOW) / count : 0;
        return new ShardPlan(from.name(), count, new EntryLayout(settings.get(CacheSettings.STORE_CREATION_TIME)),
                settings.get(CacheSettings.HASH_FUNCTION).stirred(), settings.get(CacheSettings.EVICTION_POLICY),
                settings.get(CacheSettings.FULL_POLICY) == FullPolicy.EVICT,
                MemoryLimits.of(hardMax, memoryLimit, settings.get(CacheSettings.MAX_VALUE_SIZE), count),
                settings.get(CacheSettings.GC_PERCENT).intValue(),
                settings.get(CacheSettings.BATCH_CLEANUP_SIZE).intValue(), expected, new SlabPool(from.memory()),
                new SlabPool(from.memory()), counters, removals);
    }

    EngineContext context() {
        return context;
    }

    String name() {
        return context.name();
    }

    ShardPlan plan() {
        return plan;
    }

    Counters counters() {
        return counters;
    }

    RemovalDispatcher removals() {
        return removals;
    }

    TtlRules ttl() {
        return ttl;
    }

    Keys keys() {
        return keys;
    }

    Gate gate() {
        return gate;
    }

    LockWait lockWait() {
        return lockWait;
    }

    Latencies latencies() {
        return latencies;
    }

    CacheAdvisor advisor() {
        return advisor;
    }

    HandleTracker handles() {
        return handles;
    }

    int shardCount() {
        return shards.length;
    }

    Shard shard(int number) {
        return shards[number];
    }

    Shard shardOf(long hash) {
        return shards[plan.shardOf(hash)];
    }

    /** The session of the current thread. */
    Session session() {
        checkOpen();
        return sessions.get();
    }

    boolean isClosed() {
        return closed.get();
    }

    void checkOpen() {
        if (closed.get()) {
            throw new ClosedException(ErrorCode.CACHE_CLOSED, "cache '" + name() + "' is closed; open it again, or "
                    + "find out who closed it too early");
        }
    }

    /** Takes the lock of a shard for a change. */
    void lock(Shard shard, LockWait wait) {
        wait.lock(shard.lock(), "the lock of a shard");
        if (closed.get()) {
            shard.lock().unlock();
            checkOpen();
        }
    }

    /** Refuses what can never fit. */
    void checkSize(String key, int keyLength, byte[] value) {
        long limit = Math.min(plan.limits().maxValueBytes(),
                plan.limits().largestEntry() - plan.layout().length(keyLength, 0));
        if (value.length > limit) {
            counters.rejections.increment();
            throw new LimitExceededException(ErrorCode.ENTRY_TOO_LARGE, "the value of key '" + key + "' has "
                    + value.length + " bytes, more than the limit of " + limit + " of cache '" + name() + "'; nothing "
                    + "was changed; raise max_value_size, raise the memory limit or use fewer shards",
                    Map.of("bytes", value.length, "limit", limit));
        }
    }

    /** Counts a read. */
    void count(boolean hit) {
        if (countsHits) {
            (hit ? counters.hits : counters.misses).increment();
        }
    }

    /** Counts reads of a batch. */
    void countMany(int hits, int misses) {
        if (countsHits) {
            counters.hits.add(hits);
            counters.misses.add(misses);
        }
    }

    CacheStats stats() {
        return new CacheStats(countingSince, counters.hits.sum(), counters.misses.sum(), counters.sets.sum(),
                counters.deletes.sum(), counters.deleteMisses.sum(), counters.removals(), counters.rejections.sum(),
                counters.collisions.sum(), counters.loads.sum(), Duration.ofNanos(counters.loadNanos.sum()),
                counters.listenerFailures.sum(), latencies.summary(false), latencies.summary(true));
    }

    void resetStats() {
        counters.reset();
        latencies.reset();
        countingSince = context.clock().instant();
    }

    /** Live entries: what has expired is swept first. */
    long size(LockWait wait) {
        long now = ttl.now();
        long size = 0;
        for (Shard shard : shards) {
            int swept;
            do {
                lock(shard, wait);
                try {
                    swept = shard.sweep(now);
                    size += swept == 0 ? shard.entries() : 0;
                } finally {
                    shard.lock().unlock();
                }
            } while (swept > 0);
        }
        return size;
    }

    CacheMemory memory(LockWait wait) {
        if (!memoryStats) {
            return CacheMemory.unknown();
        }
        List<CacheMemory.Shard> parts = new ArrayList<>(shards.length);
        long used = 0;
        long allocated = 0;
        long index = 0;
        long scattered = 0;
        for (Shard shard : shards) {
            ShardUse use = use(shard, wait);
            parts.add(new CacheMemory.Shard(use.entries(), use.used(), use.allocated()));
            used += use.used();
            allocated += use.allocated();
            index += use.index();
            scattered += use.scattered();
        }
        return new CacheMemory(used, allocated, plan.limits().totalBytes(), index,
                allocated == 0 ? 0 : (double) scattered / allocated, parts);
    }

    private ShardUse use(Shard shard, LockWait wait) {
        lock(shard, wait);
        try {
            return shard.use();
        } finally {
            shard.lock().unlock();
        }
    }

    /** How much of the limit is in use; cheap. */
    double usage() {
        return plan.limits().isLimited() ? (double) plan.heldBytes() / plan.limits().totalBytes() : 0;
    }

    LatencySummary latency(boolean write) {
        return latencies.summary(write);
    }

    /** Marks it closed; false when it was. */
    boolean beginClose() {
        return closed.compareAndSet(false, true);
    }

    /** Waits for operations under way and gives the memory back. */
    void discard() {
        for (Shard shard : shards) {
            shard.lock().lock();
            try {
                shard.discard();
            } finally {
                shard.lock().unlock();
            }
        }
    }
}
