// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.cache.CacheAdvice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The most frequent keys of a stream in bounded memory and constant time: "Space-Saving" (A. Metwally, D. Agrawal, A.
 * El Abbadi 2005) in groups of eight counters, each key in the group of its hash. One thread at a time.
 */
final class HotKeys {

    private static final int GROUPS = 64;
    private static final int A_GROUP = 8;
    private static final int SHOWN = 10;
    private static final int FEWEST = 3;

    private final @Nullable String[] keys = new String[GROUPS * A_GROUP];
    private final long[] counts = new long[GROUPS * A_GROUP];
    private long total;

    void count(String key) {
        total++;
        int hash = key.hashCode();
        int first = ((hash ^ hash >>> 16) & GROUPS - 1) * A_GROUP;
        int least = first;
        for (int i = first; i < first + A_GROUP; i++) {
            if (key.equals(keys[i])) {
                counts[i]++;
                return;
            }
            least = counts[i] < counts[least] ? i : least;
        }
        keys[least] = key;
        counts[least]++;
    }

    long total() {
        return total;
    }

    /** Keys with more than an accidental share, the hottest first. */
    List<CacheAdvice.HotKey> hottest() {
        long chance = total / counts.length;
        List<Map.Entry<String, Long>> hot = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            String key = keys[i];
            if (key != null && counts[i] >= Math.max(FEWEST, 3 * chance)) {
                hot.add(Map.entry(key, counts[i]));
            }
        }
        hot.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        return hot.stream().limit(SHOWN)
                .map(entry -> new CacheAdvice.HotKey(entry.getKey(), (double) entry.getValue() / total)).toList();
    }
}
