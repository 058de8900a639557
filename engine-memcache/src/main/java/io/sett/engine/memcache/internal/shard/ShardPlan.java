// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.evict.Eviction;
import io.sett.engine.memcache.internal.hash.KeyHash;
import io.sett.engine.memcache.internal.slab.SlabPool;

/**
 * What all shards of a cache have in common.
 *
 * @param store the name of the cache, for messages
 * @param shards how many shards there are, a power of two
 * @param layout of the entries
 * @param hash of the keys, all bits of it good
 * @param eviction which entries make room
 * @param evicts whether entries make room at all; otherwise writes to a full shard are refused
 * @param limits of memory
 * @param gcPercent free memory in percent of used memory from which on a write compacts; 0: never
 * @param sweepBatch how many expired entries one hold of the lock removes
 * @param expectedEntries how many entries the index of a shard has room for from the start
 * @param entryPool slabs for entries
 * @param indexPool slabs for indexes; apart, for readers write marks into what may be an index no more
 * @param counters counts what happens
 * @param removals hears what leaves
 */
public record ShardPlan(String store, int shards, EntryLayout layout, KeyHash hash, Eviction eviction, boolean evicts,
        MemoryLimits limits, int gcPercent, int sweepBatch, long expectedEntries, SlabPool entryPool,
        SlabPool indexPool, Counters counters, RemovalSink removals) {

    /** The part of a hash that selects the shard. */
    public int shardOf(long hash) {
        return (int) hash & shards - 1;
    }

    /** The part of a hash that is kept in the index. */
    public static int fragment(long hash) {
        return (int) (hash >>> 32);
    }

    /** Bytes held of the system by all shards together. */
    public long heldBytes() {
        return entryPool.heldBytes() + indexPool.heldBytes();
    }
}
