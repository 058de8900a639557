// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

import java.util.Arrays;

/**
 * Remembers about as many fragments of evicted entries as there are entries, the youngest: buckets of four, in which
 * the oldest is overwritten. Eight bytes for each. One thread at a time.
 */
final class GhostSet {

    private static final int WAYS = 4;
    private static final int LEAST = 64;

    private int[] fragments = new int[LEAST];
    private int[] times = new int[LEAST];
    private int now = 1;
    private int entries = LEAST;

    /** Makes it fit so many; what it knows is forgotten when it grows. */
    void fit(int most) {
        entries = Math.max(LEAST / 2, most);
        if (most > fragments.length) {
            fragments = new int[fragments.length * 2];
            times = new int[fragments.length];
        }
    }

    private int bucket(int fragment) {
        return (fragment * 0x9e3779b1 >>> 7 & fragments.length / WAYS - 1) * WAYS;
    }

    void add(int fragment) {
        int bucket = bucket(fragment);
        int oldest = bucket;
        for (int i = bucket; i < bucket + WAYS; i++) {
            oldest = now - times[i] > now - times[oldest] ? i : oldest;
        }
        fragments[oldest] = fragment;
        times[oldest] = now;
        if (++now < 0) {
            now = 1;
            Arrays.fill(times, 0);
        }
    }

    /** Whether it was evicted not long ago; forgets it. */
    boolean remove(int fragment) {
        int bucket = bucket(fragment);
        for (int i = bucket; i < bucket + WAYS; i++) {
            if (fragments[i] == fragment && times[i] != 0 && now - times[i] <= entries) {
                times[i] = 0;
                return true;
            }
        }
        return false;
    }

    long bytes() {
        return fragments.length * 8L;
    }
}
