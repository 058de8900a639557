// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many other keys are asked for between two requests of one key, by following all requests of a part of the keys:
 * SHARDS with a fixed size (C. Waldspurger and others, "Efficient MRC Construction with SHARDS", 2015). An LRU cache of
 * so many entries misses the requests whose distance is larger. One thread at a time; about 300 KiB when in full use.
 */
final class ReuseDistances {

    private static final int MODULUS = 1 << 24;
    private static final int MOST_TRACKED = 4096;
    private static final int SLOTS = 4 * MOST_TRACKED;
    private static final int STEPS = 4;

    private final Map<Long, Integer> lastSlot = new HashMap<>();
    private final double[] weights = new double[64 * STEPS];
    private int[] marks = new int[0];
    private int threshold = MODULUS / 16;
    private int next = 1;
    private double total;
    private long requests;

    private static int part(long hash) {
        return (int) (hash >>> 8) & MODULUS - 1;
    }

    /** Whether a key may be among those followed; cheap, for the hot path. */
    static boolean isCandidate(long hash) {
        return part(hash) < MODULUS / 16;
    }

    void request(long hash) {
        if (part(hash) >= threshold) {
            return;
        }
        if (marks.length == 0) {
            marks = new int[SLOTS + 1];
        }
        requests++;
        double scale = (double) MODULUS / threshold;
        total += scale;
        Integer last = lastSlot.remove(hash);
        if (last != null) {
            long distance = lastSlot.size() + 1L - marked(last);
            mark(last, -1);
            weights[bucket(distance * scale)] += scale;
        }
        if (next > SLOTS) {
            renumber();
        }
        mark(next, 1);
        lastSlot.put(hash, next++);
        if (lastSlot.size() > MOST_TRACKED) {
            threshold /= 2;
            lastSlot.keySet().removeIf(key -> part(key) >= threshold);
            renumber();
        }
    }

    private static int bucket(double distance) {
        return distance < 1 ? 0 : (int) (Math.log(distance) / Math.log(2) * STEPS) + 1;
    }

    private static double distance(int bucket) {
        return bucket == 0 ? 0 : Math.pow(2, (bucket - 1) / (double) STEPS);
    }

    private void mark(int slot, int by) {
        for (int i = slot; i <= SLOTS; i += i & -i) {
            marks[i] += by;
        }
    }

    private int marked(int upTo) {
        int sum = 0;
        for (int i = upTo; i > 0; i -= i & -i) {
            sum += marks[i];
        }
        return sum;
    }

    private void renumber() {
        List<Map.Entry<Long, Integer>> order = lastSlot.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getValue)).toList();
        marks = new int[SLOTS + 1];
        next = 1;
        for (Map.Entry<Long, Integer> entry : order) {
            mark(next, 1);
            entry.setValue(next++);
        }
    }

    /** Requests followed. */
    long requests() {
        return requests;
    }

    /** The part of the requests that an LRU cache of so many entries would miss; 1 when nothing is known. */
    double missRatio(double entries) {
        double hits = 0;
        for (int i = 0; i < weights.length && distance(i) < entries; i++) {
            hits += weights[i];
        }
        return total == 0 ? 1 : Math.max(0, Math.min(1, 1 - hits / total));
    }
}
