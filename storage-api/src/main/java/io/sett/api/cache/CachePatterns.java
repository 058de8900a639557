// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import java.util.List;
import java.util.stream.Stream;

/**
 * Operations on all keys that match a pattern; the package description defines patterns. Thread-safe.
 *
 * <p>They walk the whole cache: the cost grows with the number of entries, not of matches. They are weakly consistent:
 * an entry that is there during the whole walk is met exactly once, one that comes or goes meanwhile is met or not. The
 * order is undefined. Expired entries are never met, and nothing counts as a hit or a use.
 */
public interface CachePatterns {

    /**
     * The matching keys, found while the stream is consumed. Close it; it is for one thread at a time.
     *
     * @param pattern empty: every key
     */
    Stream<String> keyStream(String pattern);

    /** The matching keys as a list that belongs to the caller. */
    default List<String> keys(String pattern) {
        try (Stream<String> keys = keyStream(pattern)) {
            return keys.toList();
        }
    }

    /** How many keys match. */
    default long countByPattern(String pattern) {
        try (Stream<String> keys = keyStream(pattern)) {
            return keys.mapToLong(key -> 1).sum();
        }
    }

    /** Removes what matches, one entry after the other, and tells how many live entries that were. */
    long deleteByPattern(String pattern);
}
