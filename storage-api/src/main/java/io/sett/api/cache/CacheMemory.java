// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import java.util.List;

/**
 * The memory of a cache at one moment, in bytes.
 *
 * @param usedBytes live entries with their keys, headers and padding, and the index
 * @param allocatedBytes what the cache holds of the system's memory, free and dead parts included
 * @param limitBytes the limit; {@link Long#MAX_VALUE} when there is none
 * @param indexBytes the part of {@code usedBytes} that is index
 * @param fragmentation the part of the allocated memory that is neither used nor free in one piece, between 0 and 1
 * @param shards each shard's part, in order; empty where the engine has no shards
 */
public record CacheMemory(long usedBytes, long allocatedBytes, long limitBytes, long indexBytes, double fragmentation,
        List<Shard> shards) {

    /** Copies the list; refuses negative numbers with {@code INVALID_ARGUMENT}. */
    public CacheMemory {
        Checks.notNegative(usedBytes, "usedBytes");
        Checks.notNegative(allocatedBytes, "allocatedBytes");
        Checks.notNegative(limitBytes, "limitBytes");
        Checks.notNegative(indexBytes, "indexBytes");
        Checks.ratio(fragmentation, "fragmentation");
        shards = List.copyOf(shards);
    }

    /** What a cache answers whose memory statistics are switched off: zeros, no limit, no shards. */
    public static CacheMemory unknown() {
        return new CacheMemory(0, 0, Long.MAX_VALUE, 0, 0, List.of());
    }

    /** Allocated memory by the limit; 0 when there is no limit. */
    public double usage() {
        return limitBytes == Long.MAX_VALUE || limitBytes == 0 ? 0 : (double) allocatedBytes / limitBytes;
    }

    /**
     * One shard.
     *
     * @param entries its live entries
     * @param usedBytes what they and their index take
     * @param allocatedBytes what the shard holds of the system's memory
     */
    public record Shard(long entries, long usedBytes, long allocatedBytes) {

        /** Refuses negative numbers with {@code INVALID_ARGUMENT}. */
        public Shard {
            Checks.notNegative(entries, "entries");
            Checks.notNegative(usedBytes, "usedBytes");
            Checks.notNegative(allocatedBytes, "allocatedBytes");
        }
    }
}
