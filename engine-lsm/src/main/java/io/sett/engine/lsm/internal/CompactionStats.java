// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.engine.lsm.internal.compaction.Compaction;
import io.sett.engine.lsm.internal.compaction.CompactionJob;
import io.sett.spi.LatencyRecorder;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What compactions did, by kind. Any thread. */
final class CompactionStats {

    /** Of one kind. */
    private static final class Sums {
        final LongAdder count = new LongAdder();
        final LongAdder readBytes = new LongAdder();
        final LongAdder writtenBytes = new LongAdder();
        final LongAdder nanos = new LongAdder();
    }

    private final Map<Compaction.Kind, Sums> kinds = new EnumMap<>(Compaction.Kind.class);
    private final LongAdder droppedEntries = new LongAdder();
    private final LongAdder slices = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LatencyRecorder latency = new LatencyRecorder();

    CompactionStats() {
        for (Compaction.Kind kind : Compaction.Kind.values()) {
            kinds.put(kind, new Sums());
        }
    }

    void completed(CompactionJob.Result result, long nanos) {
        Sums sums = sums(result.compaction().kind());
        sums.count.increment();
        sums.readBytes.add(result.inputBytes());
        sums.writtenBytes.add(result.outputBytes());
        sums.nanos.add(nanos);
        droppedEntries.add(result.dropped());
        slices.add(result.slices());
        latency.record(nanos);
    }

    void failed() {
        failures.increment();
    }

    private Sums sums(Compaction.Kind kind) {
        Sums sums = kinds.get(kind);
        if (sums == null) {
            throw new IllegalStateException("no sums of " + kind);
        }
        return sums;
    }

    long count() {
        return kinds.values().stream().mapToLong(sums -> sums.count.sum()).sum();
    }

    long readBytes() {
        return kinds.values().stream().mapToLong(sums -> sums.readBytes.sum()).sum();
    }

    long writtenBytes() {
        return kinds.values().stream().mapToLong(sums -> sums.writtenBytes.sum()).sum();
    }

    long nanos() {
        return kinds.values().stream().mapToLong(sums -> sums.nanos.sum()).sum();
    }

    long count(Compaction.Kind kind) {
        return sums(kind).count.sum();
    }

    long readBytes(Compaction.Kind kind) {
        return sums(kind).readBytes.sum();
    }

    long writtenBytes(Compaction.Kind kind) {
        return sums(kind).writtenBytes.sum();
    }

    long nanos(Compaction.Kind kind) {
        return sums(kind).nanos.sum();
    }

    long droppedEntries() {
        return droppedEntries.sum();
    }

    /** Parts into which compactions were cut, at least one for each that rewrote anything. */
    long slices() {
        return slices.sum();
    }

    long failures() {
        return failures.sum();
    }

    LatencyRecorder latency() {
        return latency;
    }
}
