// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.error.OutOfSpaceException;
import io.sett.api.error.StorageException;
import io.sett.api.event.EventType;
import io.sett.engine.lsm.internal.compaction.CompactionScheduler;
import io.sett.engine.lsm.internal.flush.FlushJob;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.jfr.Flight;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.txn.Oracle;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.SegmentMetadata;
import io.sett.engine.lsm.internal.version.VersionEdit;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.wal.LogChain;
import io.sett.engine.lsm.internal.wal.LogWriter;
import io.sett.spi.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Writes full memtables to tables, oldest first, on a thread of its own that exists only while there is work.
 *
 * <p>A flush that fails is tried again after a pause that doubles; for want of space without end, since space may come,
 * otherwise {@value #MAX_FAILURES} times, after which the store writes nothing more.
 */
final class Flusher {

    private static final int MAX_FAILURES = 8;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final String WORK = "flush";

    /** What it works on. */
    record Parts(VersionSet versions, Views views, LogChain logs, Oracle oracle, TableSequence.Place place,
            StoreHealth health, StoreEvents events, LsmStats stats, Scheduler scheduler, Executor executor,
            CommitWork work, CompactionScheduler compaction, LongSupplier millis, Backlog backlog) {
    }

    private final Parts parts;
    private final ReentrantLock flushing = new ReentrantLock();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile boolean pausing;
    private int failures;

    Flusher(Parts parts) {
        this.parts = parts;
    }

    /** Sees to it that memtables that wait are flushed soon, but not before a pause after a failure is over. */
    void wake() {
        if (!stopped && !pausing && scheduled.compareAndSet(false, true)) {
            try {
                parts.executor().execute(this::work);
            } catch (RejectedExecutionException closing) {
                scheduled.set(false);
            }
        }
    }

    private void work() {
        scheduled.set(false);
        try {
            while (!stopped && flushOldest()) {
                failures = 0;
                parts.health().recovered(WORK);
            }
        } catch (RuntimeException | Error failed) {
            failedOnce(failed);
        }
    }

    private void failedOnce(Throwable failed) {
        failures++;
        parts.stats().flushFailed();
        boolean space = failed instanceof OutOfSpaceException;
        if (failures >= MAX_FAILURES && !space) {
            parts.health().stopWrites(WORK, failed);
            afterFlush();
            return;
        }
        parts.health().troubled(WORK, failed);
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(10, failures - 1));
        pausing = true;
        parts.scheduler().after(Duration.ofMillis(pause), this::tryAgain);
    }

    private void tryAgain() {
        pausing = false;
        wake();
    }

    /** Flushes the oldest memtable that waits; false when there is none. */
    boolean flushOldest() {
        flushing.lock();
        try {
            Optional<Memtable> oldest = parts.views().oldestImmutable();
            if (oldest.isEmpty()) {
                return false;
            }
            flush(oldest.get());
            return true;
        } finally {
            flushing.unlock();
        }
    }

    private void afterFlush() {
        parts.backlog().tablesChanged();
        parts.work().roomChanged();
        parts.compaction().trigger();
    }

    private void flush(Memtable memtable) {
        long start = System.nanoTime();
        Flight.Span span = Flight.begin(Flight.Work.FLUSH, parts.events().store());
        parts.events().tell(EventType.FLUSH_STARTED, "a memtable is being written to tables",
                Map.of("entries", memtable.entries(), "bytes", memtable.bytes()));
        VersionEdit written = write(memtable);
        long bytes = 0;
        for (FileMetadata file : written.addedFiles()) {
            bytes += file.size();
        }
        long nanos = System.nanoTime() - start;
        parts.stats().flushed(bytes, nanos);
        span.end(memtable.entries() + " entries", memtable.bytes(), bytes);
        parts.events().tablesCreated(written.addedFiles());
        parts.events().tell(EventType.FLUSHED, "a memtable was written to " + written.addedFiles().size() + " tables",
                Map.of("entries", memtable.entries(), "bytes", bytes, "duration_ms", nanos / 1_000_000));
        afterFlush();
    }

    private VersionEdit write(Memtable memtable) {
        VersionEdit written = memtable.isEmpty() ? VersionEdit.builder().flushedVersion(memtable.maxVersion()).build()
                : new FlushJob(memtable, parts.place(), parts.oracle().oldestReader()).run();
        long minLog = parts.views().nextAfter(memtable);
        VersionEdit.Builder edit = written.toBuilder().minLog(minLog);
        for (LogWriter log : finishLogs(minLog)) {
            edit.addSegment(new SegmentMetadata(log.id(), log.length(), true, parts.millis().getAsLong()));
        }
        parts.versions().apply(edit.build());
        parts.views().refresh(memtable.id());
        for (long log : parts.logs().retireBelow(minLog)) {
            parts.events().fileDeleted("log", FileNames.walName(log));
        }
        return written;
    }

    /** Those with values become part of the value log, which must be durable before tables point to it durably. */
    private List<LogWriter> finishLogs(long minLog) {
        try {
            return parts.logs().finishBelow(minLog);
        } catch (StorageException e) {
            parts.health().stopWrites("the value log", e);
            throw e;
        }
    }

    /** No further flush begins; waits for the one that runs. */
    void stop() {
        stopped = true;
        flushing.lock();
        flushing.unlock();
    }
}
