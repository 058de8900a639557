// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import io.sett.api.common.LatencySummary;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A log-linear histogram of durations: 16 steps for each power of two, so at most 6 % off. Recording is one atomic
 * increment; safe for many threads. About 8 KiB.
 */
public final class LatencyRecorder {

    private static final int STEP_BITS = 4;
    private static final int BUCKETS = (64 - STEP_BITS) << STEP_BITS;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    /** Nothing recorded yet. */
    public LatencyRecorder() {
    }

    /** Counts a duration. */
    public void record(long nanos) {
        counts.incrementAndGet(bucket(Math.max(0, nanos)));
    }

    private static int bucket(long nanos) {
        if (nanos < 1 << STEP_BITS) {
            return (int) nanos;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        int step = (int) (nanos >>> exponent - STEP_BITS) & (1 << STEP_BITS) - 1;
        return (exponent - STEP_BITS + 1 << STEP_BITS) + step;
    }

    private static long upperBound(int bucket) {
        if (bucket < 1 << STEP_BITS) {
            return bucket;
        }
        int exponent = (bucket >>> STEP_BITS) + STEP_BITS - 1;
        long step = bucket & (1 << STEP_BITS) - 1;
        return ((1L << STEP_BITS) + step + 1 << exponent - STEP_BITS) - 1;
    }

    /** What was recorded so far. */
    public LatencySummary summary() {
        long total = 0;
        int highest = -1;
        long[] copy = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            copy[i] = counts.get(i);
            total += copy[i];
            highest = copy[i] > 0 ? i : highest;
        }
        if (total == 0) {
            return LatencySummary.EMPTY;
        }
        return new LatencySummary(total, quantile(copy, total, 0.5), quantile(copy, total, 0.99),
                quantile(copy, total, 0.999), Duration.ofNanos(upperBound(highest)));
    }

    private static Duration quantile(long[] counts, long total, double fraction) {
        long wanted = Math.max(1, (long) Math.ceil(total * fraction));
        long seen = 0;
        int bucket = 0;
        while (seen + counts[bucket] < wanted) {
            seen += counts[bucket++];
        }
        return Duration.ofNanos(upperBound(bucket));
    }
}
