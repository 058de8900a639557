// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sett.api.cache.CacheStore;
import io.sett.engine.memcache.MemoryCache;
import io.sett.engine.memcache.MemoryCacheOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Replays traces: a key that is missing is loaded and set. Caffeine and a true LRU hold a number of entries; the cache
 * of this library gets the memory limit at which it holds as many of the same size, found by trying.
 *
 * <p>Arguments: any word, any number, file for the results, policies separated by commas.
 */
public final class HitRatios {

    private static final int[] PERCENT = {2, 10, 30};
    private static final int ATTEMPTS = 6;

    private HitRatios() {
    }

    /** The program. */
    public static void main(String[] arguments) throws Exception {
        List<String> policies = List.of(arguments[3].split(","));
        List<String> lines = new ArrayList<>();
        lines.add("| trace | entries | caffeine | true lru | " + String.join(" | ", policies) + " |");
        lines.add("|---|---|---|---|" + "---|".repeat(policies.size()));
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (String name : Trace.NAMES) {
            Trace trace = Trace.load(name);
            for (int percent : PERCENT) {
                int entries = Math.max(1, Math.round(trace.distinct() * percent / 100f));
                Map<String, Double> ratios = new LinkedHashMap<>();
                ratios.put("caffeine", replay(trace, caffeine(entries)));
                ratios.put("true lru", replay(trace, trueLru(entries)));
                for (String policy : policies) {
                    ratios.put(policy, sett(trace, policy, entries));
                }
                StringBuilder line = new StringBuilder("| " + name + " " + percent + " % | " + entries);
                ratios.values().forEach(ratio -> line.append(String.format(Locale.ROOT, " | %.2f", ratio)));
                lines.add(line.append(" |").toString());
                System.err.println(line);
                ratios.forEach((policy, ratio) -> {
                    double[] sum = sums.computeIfAbsent(policy, any -> new double[] {0, 0, 99, 99});
                    sum[0]++;
                    sum[1] += ratio;
                    sum[2] = Math.min(sum[2], ratio - ratios.get("caffeine"));
                    sum[3] = Math.min(sum[3], ratio - ratios.get("true lru"));
                });
            }
        }
        lines.add("");
        sums.forEach((policy, sum) -> lines.add(String.format(Locale.ROOT,
                "%s: mean %.2f, worst against caffeine %+.2f, against true lru %+.2f", policy, sum[1] / sum[0], sum[2],
                sum[3])));
        Files.write(Path.of(arguments[2]), lines);
        lines.forEach(System.out::println);
    }

    /** The hits in percent of the accesses. */
    private static double replay(Trace trace, IntPredicate access) {
        int hits = 0;
        for (int key : trace.keys()) {
            hits += access.test(key) ? 1 : 0;
        }
        return 100.0 * hits / trace.keys().length;
    }

    private static IntPredicate caffeine(int entries) {
        Cache<Integer, Boolean> cache = Caffeine.newBuilder().maximumSize(entries).executor(Runnable::run).build();
        return key -> {
            boolean hit = cache.getIfPresent(key) != null;
            if (!hit) {
                cache.put(key, true);
            }
            return hit;
        };
    }

    private static IntPredicate trueLru(int entries) {
        LinkedHashMap<Integer, Boolean> map = new LinkedHashMap<>(16, 0.75f, true);
        return key -> {
            boolean hit = map.get(key) != null;
            if (!hit) {
                if (map.size() >= entries) {
                    map.remove(map.keySet().iterator().next());
                }
                map.put(key, true);
            }
            return hit;
        };
    }

    private static double sett(Trace trace, String policy, int entries) {
        byte[] value = new byte[Math.max(100, 120_000 / entries)];
        long limit = limitFor(policy, entries, value);
        String[] keys = new String[trace.distinct()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(i);
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            try (CacheStore cache = open(policy, limit)) {
                double ratio = replay(trace, number -> {
                    boolean hit = cache.get(keys[number]).isPresent();
                    if (!hit) {
                        cache.set(keys[number], value, Duration.ZERO);
                    }
                    return hit;
                });
                if (Math.abs(cache.size() - entries) <= entries * 0.005 + 1) {
                    return ratio;
                }
                limit += (entries - cache.size()) * (value.length + 60);
            }
        }
        throw new IllegalStateException("no limit at which " + policy + " holds " + entries + " entries of "
                + trace.name());
    }

    private static String key(int number) {
        return "key" + (1_000_000 + number);
    }

    private static CacheStore open(String policy, long limit) {
        return MemoryCache.open(MemoryCacheOptions.defaults().withMaxBytes(limit).withEviction(policy));
    }

    /** The limit at which so many entries stay, or a few less. */
    private static long limitFor(String policy, int entries, byte[] value) {
        long entry = value.length + 60;
        long limit = Math.max(65_536, entries * entry);
        for (int i = 0; i < ATTEMPTS; i++) {
            try (CacheStore cache = open(policy, limit)) {
                for (int j = 0; j < 2 * entries + 100; j++) {
                    cache.set(key(j), value, Duration.ZERO);
                }
                limit += (entries - cache.size()) * entry - (i == ATTEMPTS - 1 && cache.size() > entries ? entry : 0);
            }
        }
        return limit;
    }
}
