// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.cache.CacheAdvice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most frequent keys of a stream in bounded memory: "Space-Saving" (A. Metwally, D. Agrawal, A. El Abbadi 2005). One
 * thread at a time.
 */
final class HotKeys {

    private static final int TRACKED = 256;
    private static final int SHOWN = 10;
    private static final int FEWEST = 3;

    private final Map<String, Long> counts = new HashMap<>();
    private long total;

    void count(String key) {
        total++;
        Long known = counts.get(key);
        if (known == null && counts.size() >= TRACKED) {
            Map.Entry<String, Long> least = counts.entrySet().stream()
                    .min(Map.Entry.comparingByValue()).orElseThrow();
            counts.remove(least.getKey());
            known = least.getValue();
        }
        counts.put(key, known == null ? 1 : known + 1);
    }

    long total() {
        return total;
    }

    /** Keys with more than an accidental share, the hottest first. */
    List<CacheAdvice.HotKey> hottest() {
        long chance = total / TRACKED;
        List<Map.Entry<String, Long>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        return sorted.stream().filter(entry -> entry.getValue() >= Math.max(FEWEST, 2 * chance)).limit(SHOWN)
                .map(entry -> new CacheAdvice.HotKey(entry.getKey(), (double) entry.getValue() / total)).toList();
    }
}
