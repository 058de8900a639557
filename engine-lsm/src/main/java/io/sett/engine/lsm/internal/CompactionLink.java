// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.error.CorruptionException;
import io.sett.api.event.EventType;
import io.sett.engine.lsm.internal.compaction.Compaction;
import io.sett.engine.lsm.internal.compaction.CompactionHost;
import io.sett.engine.lsm.internal.compaction.CompactionJob;
import io.sett.engine.lsm.internal.compaction.Horizon;
import io.sett.engine.lsm.internal.txn.Oracle;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.version.VersionEdit;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.spi.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/** Ties compaction to versions, views, events and health. Any thread. */
final class CompactionLink implements CompactionHost {

    private static final String WORK = "compaction";
    /** Views up to this memtable are as they were: a compaction flushes none. */
    private static final long NO_MEMTABLE = -1;

    /** What it works on. */
    record Parts(VersionSet versions, Views views, Oracle oracle, StoreHealth health, StoreEvents events,
            Scheduler scheduler, Executor executor, CommitWork work, Clock clock) {
    }

    private final Parts parts;
    private final LongAdder compactions = new LongAdder();
    private final LongAdder readBytes = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();
    private final LongAdder droppedEntries = new LongAdder();

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
    public void began(Compaction compaction) {
        parts.events().tell(EventType.COMPACTION_STARTED, "a compaction begins: " + compaction, Map.of());
    }

    @Override
    public void completed(CompactionJob.Result result, Duration took) {
        compactions.increment();
        readBytes.add(result.inputBytes());
        writtenBytes.add(result.outputBytes());
        droppedEntries.add(result.dropped());
        parts.health().recovered(WORK);
        parts.events().tell(EventType.COMPACTED, "a compaction ended: " + result.compaction(), Map.of("read_bytes",
                result.inputBytes(), "written_bytes", result.outputBytes(), "dropped", result.dropped(), "duration_ms",
                took.toMillis()));
        parts.work().roomChanged();
    }

    @Override
    public void abandoned(Compaction compaction, Duration took) {
        parts.events().tell(EventType.COMPACTED, "a compaction ended without a change: " + compaction,
                Map.of("done", false, "duration_ms", took.toMillis()));
    }

    @Override
    public void failed(Compaction compaction, RuntimeException cause, int attempt) {
        parts.health().troubled(WORK, cause);
        parts.work().roomChanged();
    }

    /** Data is as it was, so the store goes on without compaction; only damage is more than that. */
    @Override
    public void gaveUp(RuntimeException cause) {
        if (cause instanceof CorruptionException) {
            parts.health().stopWrites(WORK, cause);
        } else {
            parts.health().troubled(WORK, cause);
        }
        parts.work().roomChanged();
    }

    long compactions() {
        return compactions.sum();
    }

    long readBytes() {
        return readBytes.sum();
    }

    long writtenBytes() {
        return writtenBytes.sum();
    }

    long droppedEntries() {
        return droppedEntries.sum();
    }
}
