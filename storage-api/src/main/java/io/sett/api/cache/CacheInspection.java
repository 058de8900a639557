// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import java.util.Optional;
import java.util.stream.Stream;

/** What a cache tells of itself. Thread-safe; nothing here counts as a hit, a miss or a use of an entry. */
public interface CacheInspection {

    /** The number of live entries, exact as soon as no write is under way. Entries that have expired do not count. */
    long size();

    /**
     * The memory limit in bytes, index included; {@link Long#MAX_VALUE} when there is none. Never less than is in use.
     */
    long capacity();

    /** The counters since the cache was opened or {@link #resetStats} was called. Cheap. */
    CacheStats stats();

    /** Hits by hits and misses together; 0 before the first request. */
    default double hitRate() {
        return stats().hitRate();
    }

    /** The memory in use now, with the parts of each shard. Walks the shards, not the entries. */
    CacheMemory memoryUsage();

    /** Sets all counters of {@link #stats} to zero. Entries and memory numbers are not touched. */
    void resetStats();

    /** What is known of one entry besides its value; empty when the key is absent. */
    Optional<CacheEntryInfo> metadata(String key);

    /**
     * All live entries with copies of their values and their remaining TTL, found while the stream is consumed. Weakly
     * consistent like {@link CachePatterns}. Close the stream; it is for one thread at a time.
     */
    Stream<CacheEntry> entries();

    /**
     * Looks at the use of the cache so far and says what would serve it better. Needs the capability {@code ADVICE}.
     *
     * @throws io.sett.api.error.UnsupportedFeatureException when the engine does not watch its use
     */
    CacheAdvice advise();
}
