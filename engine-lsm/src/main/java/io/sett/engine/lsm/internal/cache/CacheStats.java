// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.cache;

/**
 * Numbers of a cache.
 *
 * @param hits lookups that found their block
 * @param misses lookups that did not
 * @param inserts blocks that came in
 * @param evictions blocks that went out for lack of room
 * @param entries blocks now
 * @param bytes charged now
 * @param capacity bytes allowed
 */
public record CacheStats(long hits, long misses, long inserts, long evictions, long entries, long bytes,
        long capacity) {

    /** Hits per lookup, 0 without lookups. */
    public double hitRate() {
        long lookups = hits + misses;
        return lookups == 0 ? 0 : (double) hits / lookups;
    }
}
