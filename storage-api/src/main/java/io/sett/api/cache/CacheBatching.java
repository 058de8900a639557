// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Operations on many keys at once. Thread-safe.
 *
 * <p>{@code setMany}, {@code getMany} and {@code deleteMany} are atomic towards each other and towards
 * {@link CacheAtomics#atomically}: a {@code getMany} sees all of a {@code setMany} or nothing of it. When one item is
 * refused, none is stored. Keys given twice count once.
 */
public interface CacheBatching {

    /** Stores all entries with the default TTL, or none. Errors as {@link CacheWriter#set(String, byte[])}. */
    void setMany(Map<String, byte[]> entries);

    /** Stores all entries with one TTL, or none. Errors as {@link CacheWriter#set(String, byte[], Duration)}. */
    void setMany(Map<String, byte[]> entries, Duration ttl);

    /**
     * The values of the keys that are present, in the order in which they were asked. Each key counts as a hit or a
     * miss.
     *
     * @return a map without the absent keys; map and arrays belong to the caller
     */
    Map<String, byte[]> getMany(Collection<String> keys);

    /** Removes the keys that are present and tells how many there were. */
    long deleteMany(Collection<String> keys);

    /**
     * For every key asked whether it is present, in the order in which they were asked. Each key is looked up on its
     * own; nothing counts as a hit, a miss or a use.
     */
    Map<String, Boolean> hasMany(Collection<String> keys);

    /** Answers {@code hasMany} with a lookup for one key. */
    static Map<String, Boolean> hasEach(CacheReader reader, Collection<String> keys) {
        Map<String, Boolean> answer = new LinkedHashMap<>();
        for (String key : keys) {
            answer.computeIfAbsent(key, reader::has);
        }
        return answer;
    }
}
