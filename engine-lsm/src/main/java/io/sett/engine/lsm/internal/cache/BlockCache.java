// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.cache;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A cache of blocks by file and offset, limited in bytes. Lookups take no lock; insertions lock one shard for a moment.
 *
 * <p>Eviction is S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023): a block enters a
 * small queue and gets into the main one only if it was asked for again, so that a scan passes through a tenth of the
 * room and leaves the rest as it was.
 *
 * <p>Threads: any. Values must be immutable; they stay usable after eviction for those who hold them.
 *
 * @param <V> what is cached
 */
public final class BlockCache<V> {

    private static final int MAX_SHARDS = 16;
    private static final long MIN_SHARD = 1 << 20;

    private final CacheShard<V>[] shards;
    private final int mask;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private volatile long capacity;

    /** A cache of that many bytes; 0 caches nothing. */
    public BlockCache(long capacity) {
        int count = 1;
        while (count < MAX_SHARDS && capacity / (count * 2L) >= MIN_SHARD) {
            count *= 2;
        }
        @SuppressWarnings({"unchecked", "rawtypes"})
        CacheShard<V>[] made = new CacheShard[count];
        for (int i = 0; i < count; i++) {
            made[i] = new CacheShard<>(capacity / count);
        }
        shards = made;
        mask = count - 1;
        this.capacity = capacity;
    }

    /** The block, or null. */
    public @Nullable V get(long file, long offset) {
        long hash = hash(file, offset);
        V value = shards[(int) hash & mask].get(hash, file, offset);
        (value == null ? misses : hits).increment();
        return value;
    }

    /**
     * Puts a block in, replacing an earlier one. A block larger than half a shard is not kept.
     *
     * @param charge bytes of memory that it takes
     */
    public void put(long file, long offset, V value, int charge) {
        long hash = hash(file, offset);
        shards[(int) hash & mask].put(hash, file, offset, value, charge);
    }

    /** Changes the limit and evicts what is too much. */
    public void resize(long bytes) {
        capacity = bytes;
        for (CacheShard<V> shard : shards) {
            shard.resize(bytes / shards.length);
        }
    }

    /** Forgets everything. */
    public void clear() {
        for (CacheShard<V> shard : shards) {
            shard.clear();
        }
    }

    /** The numbers now. */
    public CacheStats stats() {
        long inserts = 0;
        long evictions = 0;
        long entries = 0;
        long bytes = 0;
        for (CacheShard<V> shard : shards) {
            CacheStats part = shard.stats();
            inserts += part.inserts();
            evictions += part.evictions();
            entries += part.entries();
            bytes += part.bytes();
        }
        return new CacheStats(hits.sum(), misses.sum(), inserts, evictions, entries, bytes, capacity);
    }

    private static long hash(long file, long offset) {
        long hash = (file * 0x9E3779B97F4A7C15L) ^ offset;
        hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        return hash ^ hash >>> 32;
    }
}
