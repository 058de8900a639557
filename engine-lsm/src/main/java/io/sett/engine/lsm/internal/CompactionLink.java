// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.error.CorruptionException;
import io.sett.api.event.EventType;
import io.sett.engine.lsm.internal.compaction.Compaction;
import io.sett.engine.lsm.internal.compaction.CompactionHost;
import io.sett.engine.lsm.internal.compaction.CompactionJob;
import io.sett.engine.lsm.internal.compaction.Horizon;
import io.sett.engine.lsm.internal.jfr.Flight;
import io.sett.engine.lsm.internal.txn.Oracle;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.version.VersionEdit;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.spi.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** Ties compaction to versions, views, events, statistics and health. Any thread. */
final class CompactionLink implements CompactionHost {

    private static final String WORK = "compaction";
    /** Views up to this memtable are as they were: a compaction flushes none. */
    private static final long NO_MEMTABLE = -1;

    /** What it works on. */
    record Parts(VersionSet versions, Views views, Oracle oracle, StoreHealth health, StoreEvents events,
            Scheduler scheduler, Executor executor, CommitWork work, Clock clock, Backlog backlog) {
    }

    private final Parts parts;
    private final AtomicReference<CompactionStats> stats = new AtomicReference<>();

    CompactionLink(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Version holdVersion() {
        return parts.versions().acquire();
    }

    @Override
    public Horizon horizon() {
        return new Horizon(parts.oracle().oldestReader(), parts.clock().millis());
    }

    @Override
    public long newestVersion() {
        return parts.oracle().visible();
    }

    @Override
    public void apply(VersionEdit edit) {
        parts.versions().apply(edit);
        parts.views().refresh(NO_MEMTABLE);
    }

    @Override
    public void execute(Runnable task) {
        parts.executor().execute(task);
    }

    @Override
    public void later(Duration delay, Runnable task) {
        parts.scheduler().after(delay, task);
    }

    @Override
    public Course began(Compaction compaction) {
        return new Running(compaction);
    }

    /** A compaction that runs: its event begins with it and ends with it. */
    private final class Running implements Course {

        private final Compaction compaction;
        private final long began = System.nanoTime();
        private final Flight.Span span = Flight.begin(Flight.Work.COMPACTION, parts.events().store());

        private Running(Compaction compaction) {
            this.compaction = compaction;
            parts.events().tell(EventType.COMPACTION_STARTED, "a compaction begins: " + compaction, facts());
        }

        private Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("kind", compaction.kind());
            facts.put("from_level", compaction.inputLevel());
            facts.put("to_level", compaction.outputLevel());
            facts.put("tables", compaction.allInputs().size());
            return facts;
        }

        @Override
        public void completed(CompactionJob.Result result) {
            long nanos = System.nanoTime() - began;
            stats().completed(result, nanos);
            parts.health().recovered(WORK);
            parts.backlog().givenUp(false);
            parts.backlog().tablesChanged();
            span.end(compaction.toString(), result.inputBytes(), result.outputBytes());
            Map<String, Object> facts = facts();
            facts.put("read_bytes", result.inputBytes());
            facts.put("written_bytes", result.outputBytes());
            facts.put("dropped", result.dropped());
            facts.put("duration_ms", nanos / 1_000_000);
            parts.events().tell(EventType.COMPACTED, "a compaction ended: " + compaction, facts);
            if (compaction.rewrites()) {
                parts.events().tablesCreated(result.edit().addedFiles());
            }
            parts.work().roomChanged();
        }

        @Override
        public void abandoned() {
            stats().failed();
            span.end("without a change: " + compaction, 0, 0);
            Map<String, Object> facts = facts();
            facts.put("done", false);
            facts.put("duration_ms", (System.nanoTime() - began) / 1_000_000);
            parts.events().tell(EventType.COMPACTED, "a compaction ended without a change: " + compaction, facts);
        }
    }

    @Override
    public void failed(Compaction compaction, RuntimeException cause, int attempt) {
        parts.health().troubled(WORK, cause);
        parts.work().roomChanged();
    }

    /**
     * Data is as it was, so the store goes on without compaction until the next look for work; only damage is more than
     * that.
     */
    @Override
    public void gaveUp(RuntimeException cause) {
        parts.backlog().givenUp(true);
        if (cause instanceof CorruptionException) {
            parts.health().stopWrites(WORK, cause);
        } else {
            parts.health().gaveUp(WORK, cause);
        }
        parts.work().roomChanged();
    }

    /** Made when it is asked for, so that the first opening of a program is quicker. */
    CompactionStats stats() {
        CompactionStats made = stats.get();
        if (made != null) {
            return made;
        }
        CompactionStats fresh = new CompactionStats();
        return stats.compareAndSet(null, fresh) ? fresh : stats.get();
    }
}
