// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.gc;

import io.sett.api.common.Progress;
import io.sett.api.common.ProgressListener;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ErrorCode;
import io.sett.api.kv.GarbageCollectionResult;
import io.sett.engine.lsm.internal.compaction.CompactionScheduler;
import io.sett.engine.lsm.internal.compaction.KeyLimits;
import io.sett.engine.lsm.internal.version.SegmentMetadata;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Collects the garbage of the value log, by hand or by itself. One collection runs at a time: one by hand waits for the
 * one before it, one that would begin by itself is left out. Runs beside readers, writers, flushes and compactions.
 *
 * <p>Threads: any.
 */
public final class ValueLogCollector {

    /** Collections by hand look again at most this often whether something has become worth collecting meanwhile. */
    private static final int MAX_ROUNDS = 3;

    /** What a collection needs of the rest of the engine. */
    public interface Host {

        /** Writes all memtables to tables. */
        void flushAll();

        /** Waits until the files are deleted that nobody needs any more. */
        void awaitDeletions();
    }

    /**
     * What it works on.
     *
     * @param store its name, for messages
     * @param fileBytes a file ends before it would be longer
     * @param threshold dead part of a file from which on it is collected by itself
     */
    public record Parts(String store, VersionSet versions, ValueLog values, CompactionScheduler compaction, Host host,
            long fileBytes, double threshold, LongSupplier millis) {
    }

    private final Parts parts;
    private final ReentrantLock collecting = new ReentrantLock();
    private volatile boolean paused;
    private volatile boolean urgent;
    private final LongAdder runs = new LongAdder();
    private final LongAdder movedBytes = new LongAdder();
    private final LongAdder freedBytes = new LongAdder();

    /** Nothing runs yet. */
    public ValueLogCollector(Parts parts) {
        this.parts = parts;
    }

    /** Starts no collection by itself until {@link #resume}; one that runs goes on. */
    public void pause() {
        paused = true;
    }

    /** Ends a {@link #pause}. */
    public void resume() {
        paused = false;
    }

    /** What is alive and dead now. */
    public ValueLogReport report() {
        return new ValueLogReport(SegmentState.of(parts.versions.peek()), parts.threshold);
    }

    /** Collects until little is dead. */
    public GarbageCollectionResult collect(ProgressListener progress) {
        urgent = true;
        try {
            collecting.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(ErrorCode.CANCELLED, "a collection of store '" + parts.store
                    + "' was interrupted while it waited for another one", Map.of("store", parts.store), e);
        }
        try {
            return collectFully(progress);
        } finally {
            urgent = false;
            collecting.unlock();
        }
    }

    private GarbageCollectionResult collectFully(ProgressListener progress) {
        Tally tally = new Tally(parts.versions.peek());
        parts.host.flushAll();
        tally.see(parts.versions.peek());
        if (!parts.versions.peek().segments().isEmpty()) {
            // Only merging shows what is dead: an older version of a key may lie in a deeper level.
            parts.compaction.compact(KeyLimits.ALL, Long.MAX_VALUE, step -> tally.see(parts.versions.peek()));
        }
        long newest = parts.versions.newFileId();
        long moved = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<SegmentState> victims = ValueLogGcPolicy.untilLittleIsDead(SegmentState.of(parts.versions.peek()));
            victims.removeIf(segment -> segment.id() > newest);
            if (victims.isEmpty()) {
                break;
            }
            moved += empty(victims, Pace.full(), tally, progress);
        }
        parts.host.awaitDeletions();
        return tally.result(parts.versions.peek(), moved, report().lines());
    }

    /** Collects files that are mostly dead, at half speed, unless a collection runs or it is paused. */
    public void collectByItself() {
        if (paused || !collecting.tryLock()) {
            return;
        }
        try {
            Tally tally = new Tally(parts.versions.peek());
            List<SegmentState> victims = ValueLogGcPolicy.mostlyDead(SegmentState.of(parts.versions.peek()),
                    parts.threshold);
            if (!victims.isEmpty()) {
                long moved = empty(victims, Pace.half(() -> urgent), tally, ProgressListener.NONE);
                tally.result(parts.versions.peek(), moved, List.of());
            }
        } finally {
            collecting.unlock();
        }
    }

    /** Moves everything alive out of these files; returns how many bytes that was. */
    private long empty(List<SegmentState> victims, Pace pace, Tally tally, ProgressListener progress) {
        Set<Long> ids = victims.stream().map(SegmentState::id).collect(Collectors.toCollection(TreeSet::new));
        long total = victims.stream().mapToLong(SegmentState::liveBytes).sum();
        progress.onProgress(new Progress("collect", 0, total, "bytes"));
        try (ValueRelocation relocation = new ValueRelocation(ids, parts.values, parts.versions, parts.fileBytes,
                parts.millis, pace)) {
            parts.compaction.rewrite(ids, relocation, step -> {
                tally.see(parts.versions.peek());
                progress.onProgress(new Progress("collect", Math.min(total, relocation.movedBytes()), total, "bytes"));
            });
            movedBytes.add(relocation.movedBytes());
            progress.onProgress(new Progress("collect", total, total, "bytes"));
            return relocation.movedBytes();
        }
    }

    /** What has gone since a collection began. */
    private final class Tally {

        private final long began = System.nanoTime();
        private final Map<Long, Long> seen = new HashMap<>();

        private Tally(Version version) {
            see(version);
        }

        private void see(Version version) {
            for (SegmentMetadata segment : version.segments()) {
                seen.put(segment.id(), segment.size());
            }
        }

        private GarbageCollectionResult result(Version now, long moved, List<String> notes) {
            see(now);
            now.segments().forEach(segment -> seen.remove(segment.id()));
            long freed = seen.values().stream().mapToLong(Long::longValue).sum();
            runs.increment();
            freedBytes.add(freed);
            return new GarbageCollectionResult(freed, moved, seen.size(), notes,
                    Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** How many collections ended. */
    public long runs() {
        return runs.sum();
    }

    /** Bytes of values that were moved. */
    public long movedBytes() {
        return movedBytes.sum();
    }

    /** Bytes of files that were given up. */
    public long freedBytes() {
        return freedBytes.sum();
    }
}
