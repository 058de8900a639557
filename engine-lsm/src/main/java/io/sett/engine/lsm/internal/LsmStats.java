// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.spi.LatencyRecorder;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one store beside those that its parts keep themselves. Any thread. */
final class LsmStats {

    private static final int SAMPLE_MASK = 63;

    private final boolean samples;
    private final LongAdder gets = new LongAdder();
    private final LongAdder cursors = new LongAdder();
    private final LongAdder userBytes = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder flushes = new LongAdder();
    private final LongAdder flushedBytes = new LongAdder();
    private final LongAdder flushNanos = new LongAdder();
    private final LongAdder flushFailures = new LongAdder();
    private final LatencyRecorder flushLatency = new LatencyRecorder();
    private final LatencyRecorder cursorLatency = new LatencyRecorder();
    private final LongAdder slowdowns = new LongAdder();
    private final LongAdder slowdownNanos = new LongAdder();
    private final LongAdder stalls = new LongAdder();
    private final LongAdder stallNanos = new LongAdder();
    private final LatencyRecorder getLatency;
    private final LatencyRecorder commitLatency;

    /** All zero; with or without samples of latencies. */
    LsmStats(boolean samples) {
        this.samples = samples;
        this.getLatency = new LatencyRecorder();
        this.commitLatency = new LatencyRecorder();
    }

    /** Begins a measurement, or answers 0 when this operation is not a sample. */
    long sample() {
        return samples && (ThreadLocalRandom.current().nextInt() & SAMPLE_MASK) == 0 ? System.nanoTime() : 0;
    }

    void gotOne(long begun) {
        gets.increment();
        if (begun != 0) {
            getLatency.record(System.nanoTime() - begun);
        }
    }

    void committed(long begun, long operations, long bytes) {
        writes.add(operations);
        userBytes.add(bytes);
        if (begun != 0) {
            commitLatency.record(System.nanoTime() - begun);
        }
    }

    void cursorOpened(long begun) {
        cursors.increment();
        if (begun != 0) {
            cursorLatency.record(System.nanoTime() - begun);
        }
    }

    void flushFailed() {
        flushFailures.increment();
    }

    void flushed(long bytes, long nanos) {
        flushLatency.record(nanos);
        flushes.increment();
        flushedBytes.add(bytes);
        flushNanos.add(nanos);
    }

    void slowed(long nanos) {
        slowdowns.increment();
        slowdownNanos.add(nanos);
    }

    void stalled(long nanos) {
        stalls.increment();
        stallNanos.add(nanos);
    }

    long gets() {
        return gets.sum();
    }

    long cursors() {
        return cursors.sum();
    }

    long userBytes() {
        return userBytes.sum();
    }

    long writes() {
        return writes.sum();
    }

    long flushes() {
        return flushes.sum();
    }

    long flushedBytes() {
        return flushedBytes.sum();
    }

    long flushNanos() {
        return flushNanos.sum();
    }

    long slowdowns() {
        return slowdowns.sum();
    }

    long slowdownNanos() {
        return slowdownNanos.sum();
    }

    long stalls() {
        return stalls.sum();
    }

    long stallNanos() {
        return stallNanos.sum();
    }

    long flushFailures() {
        return flushFailures.sum();
    }

    LatencyRecorder flushLatency() {
        return flushLatency;
    }

    LatencyRecorder cursorLatency() {
        return cursorLatency;
    }

    LatencyRecorder getLatency() {
        return getLatency;
    }

    LatencyRecorder commitLatency() {
        return commitLatency;
    }
}
