// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import io.sett.api.common.LatencySummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The counters of a cache since it was opened or reset. Each is exact when no operation is under way; a
 * reading under load may see one operation counted in part.
 *
 * @param since when counting began
 * @param hits reads that found a live entry
 * @param misses reads that found none
 * @param sets values stored, by whatever operation
 * @param deletes deletes that removed a live entry
 * @param deleteMisses deletes that found none
 * @param removals entries that left, or values replaced, by cause; causes that are missing count as 0
 * @param rejections writes that were refused for want of room or as too large
 * @param collisions lookups that met another key with the same hash
 * @param loads values computed because the key was absent, by {@code compute} or a loader in front of the cache
 * @param loadTime the time all loads together took
 * @param listenerFailures calls of removal listeners that threw
 * @param readLatency how long reads took; empty where latency is not tracked
 * @param writeLatency how long writes took; empty where latency is not tracked
 */
public record CacheStats(Instant since, long hits, long misses, long sets, long deletes, long deleteMisses,
        Map<RemovalCause, Long> removals, long rejections, long collisions, long loads, Duration loadTime,
        long listenerFailures, LatencySummary readLatency, LatencySummary writeLatency) {

    /** Copies the map; refuses negative counts with {@code INVALID_ARGUMENT}. */
    public CacheStats {
        Checks.notNegative(hits, "hits");
        Checks.notNegative(misses, "misses");
        Checks.notNegative(sets, "sets");
        Checks.notNegative(deletes, "deletes");
        Checks.notNegative(deleteMisses, "deleteMisses");
        Checks.notNegative(rejections, "rejections");
        Checks.notNegative(collisions, "collisions");
        Checks.notNegative(loads, "loads");
        Checks.notNegative(listenerFailures, "listenerFailures");
        Map<RemovalCause, Long> copy = new EnumMap<>(RemovalCause.class);
        copy.putAll(removals);
        copy.forEach((cause, count) -> Checks.notNegative(count, "removals of " + cause));
        removals = Collections.unmodifiableMap(copy);
    }

    /** Hits and misses together. */
    public long requests() {
        return hits + misses;
    }

    /** Hits by requests, between 0 and 1; 0 before the first request. */
    public double hitRate() {
        long requests = requests();
        return requests == 0 ? 0 : (double) hits / requests;
    }

    /** How many entries left for one cause. */
    public long removals(RemovalCause cause) {
        return removals.getOrDefault(cause, 0L);
    }

    /** Entries pushed out by the memory limit. */
    public long evictions() {
        return removals(RemovalCause.SIZE);
    }

    /** Entries swept after their time to live. */
    public long expired() {
        return removals(RemovalCause.EXPIRED);
    }
}
