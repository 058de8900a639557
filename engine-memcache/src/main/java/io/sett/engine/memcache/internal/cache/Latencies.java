// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.common.LatencySummary;
import io.sett.spi.LatencyRecorder;
import java.time.Duration;

/** How long sampled reads and writes took: in all, and in the current interval of monitoring. */
final class Latencies {

    private final boolean enabled;
    private volatile LatencyRecorder reads = new LatencyRecorder();
    private volatile LatencyRecorder writes = new LatencyRecorder();
    private volatile LatencyRecorder interval = new LatencyRecorder();
    private volatile boolean inInterval;

    Latencies(boolean enabled) {
        this.enabled = enabled;
    }

    /** The start of an operation, or 0 when it is not to be measured. */
    long start(Session session) {
        return enabled && session.isMeasured() ? System.nanoTime() | 1 : 0;
    }

    void end(long start, boolean write) {
        if (start != 0) {
            record(Duration.ofNanos(System.nanoTime() - start), write);
        }
    }

    void record(Duration time, boolean write) {
        (write ? writes : reads).record(time.toNanos());
        interval.record(time.toNanos());
        if (!inInterval) {
            inInterval = true;
        }
    }

    LatencySummary summary(boolean write) {
        return enabled ? (write ? writes : reads).summary() : LatencySummary.EMPTY;
    }

    /** The summary of the interval that ends now. */
    LatencySummary endInterval() {
        if (!inInterval) {
            return LatencySummary.EMPTY;
        }
        inInterval = false;
        LatencySummary ended = interval.summary();
        interval = new LatencyRecorder();
        return ended;
    }

    void reset() {
        reads = new LatencyRecorder();
        writes = new LatencyRecorder();
    }
}
