// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.slab.SlabPool;

/**
 * The memory limits of a cache and its shards.
 *
 * @param totalBytes for the whole cache, index included; {@link Long#MAX_VALUE} for no limit
 * @param shardBytes for one shard
 * @param maxValueBytes the largest value
 * @param setting the name of the setting that the limit comes from, for messages
 * @param hard whether the limit is {@code hard_max_cache_size} (CACHE_FULL), not {@code memory_limit}
 *     (MEMORY_EXHAUSTED)
 */
public record MemoryLimits(long totalBytes, long shardBytes, long maxValueBytes, String setting, boolean hard) {

    /** No shard has less memory than this; a small cache gets fewer shards. */
    public static final long LEAST_SHARD = 1 << 20;
    /** What each shard has at least when their number is not configured: few enough to stay near the processor. */
    public static final long COMFORTABLE_SHARD = 16 << 20;

    private static final int INDEX_RESERVE = 1024;

    /**
     * Limits from the settings.
     *
     * @param hardMax 0: none
     * @param memoryLimit 0: none
     * @param maxValue 0: whatever fits
     */
    public static MemoryLimits of(long hardMax, long memoryLimit, long maxValue, int shards) {
        boolean hard = hardMax > 0 && (memoryLimit <= 0 || hardMax <= memoryLimit);
        long total = hard ? hardMax : memoryLimit > 0 ? memoryLimit : Long.MAX_VALUE;
        long shard = total == Long.MAX_VALUE ? total : total / shards;
        long value = Math.min(maxValue > 0 ? maxValue : Long.MAX_VALUE, largestEntry(shard) - 64);
        return new MemoryLimits(total, shard, value, hard ? "hard_max_cache_size" : "performance.memory_limit", hard);
    }

    /** How many shards a cache of this size really gets: as many as asked, if each has at least so much memory. */
    public static int shards(int wanted, long hardMax, long memoryLimit, long least) {
        MemoryLimits one = of(hardMax, memoryLimit, 0, 1);
        int shards = wanted;
        while (shards > 1 && one.totalBytes / shards < least) {
            shards /= 2;
        }
        return shards;
    }

    /** The largest block that an otherwise empty shard can hold. */
    public long largestEntry() {
        return largestEntry(shardBytes);
    }

    private static long largestEntry(long shardBytes) {
        long room = Math.min(shardBytes - INDEX_RESERVE, EntryLayout.MAX_ENTRY);
        long step = Math.max(64, Long.highestOneBit(room) / 8);
        long largest = room / step * step;
        while (SlabPool.reservedFor((int) largest) > shardBytes - INDEX_RESERVE) {
            largest -= step;
        }
        return largest;
    }

    /** Whether there is a limit. */
    public boolean isLimited() {
        return totalBytes != Long.MAX_VALUE;
    }
}
