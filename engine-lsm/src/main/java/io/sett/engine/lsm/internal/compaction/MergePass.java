// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.api.error.CancelledException;
import io.sett.api.error.ErrorCode;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.base.Retention;
import io.sett.engine.lsm.internal.read.ViewCursors;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.SegmentMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Merges one slice of the keys of a compaction into new tables: entry by entry, what is needed stays. All versions of a
 * key are in one slice, so passes over different slices know nothing of each other.
 *
 * <p>One use, one thread. When it fails it has deleted what it wrote.
 */
final class MergePass {

    private static final int CHECK_EVERY = 0x3ff;

    private final Compaction compaction;
    private final KeyLimits slice;
    private final CompactionJob.Setting setting;
    private final Retention retention;
    private final TableSequence outputs;
    private final BooleanSupplier cancelled;
    private final @Nullable ValueMover mover;

    /**
     * A pass.
     *
     * @param ranges that the inputs of the whole compaction delete
     * @param mover moves values on the way; null leaves them where they are
     */
    MergePass(Compaction compaction, Version version, KeyLimits slice, CompactionJob.Setting setting, Horizon horizon,
            RangeDeletions ranges, @Nullable ValueMover mover, BooleanSupplier cancelled) {
        this.compaction = compaction;
        this.slice = slice;
        this.setting = setting;
        DeeperTables deeper = new DeeperTables(version, compaction);
        this.retention = new Retention(horizon.oldestReader(), setting.versionsToKeep(), horizon.nowMillis(), deeper,
                ranges);
        this.outputs = new TableSequence(setting.placeFor(compaction));
        outputs.deletions(ranges.clip(slice.start(), slice.end()).forReaders(horizon.oldestReader(), deeper));
        this.mover = mover;
        this.cancelled = cancelled;
    }

    /**
     * What a pass did.
     *
     * @param outputs tables written, by key
     * @param dropped entries left out
     * @param segments files that have the values that were moved
     */
    record Result(List<TableSequence.Output> outputs, long dropped, List<SegmentMetadata> segments) {
    }

    Result run() {
        try (TableSequence writing = outputs; InternalCursor inputs = open()) {
            copy(inputs, writing);
            ValueMover values = mover;
            // Before the tables, which are deleted when this fails.
            List<SegmentMetadata> segments = values == null ? List.of() : values.settle();
            return new Result(writing.finish(), retention.dropped(), segments);
        }
    }

    /** Deletes what was written, when another pass of the same compaction failed. After {@link #run}. */
    void discard() {
        outputs.discard();
    }

    private InternalCursor open() {
        List<FileMetadata> inputs = within(compaction.inputs());
        List<FileMetadata> overlapped = within(compaction.overlapped());
        return compaction.inputLevel() == 0
                ? ViewCursors.over(setting.tables(), inputs, List.of(overlapped))
                : ViewCursors.over(setting.tables(), List.of(), List.of(inputs, overlapped));
    }

    private List<FileMetadata> within(List<FileMetadata> files) {
        List<FileMetadata> found = new ArrayList<>(files);
        found.removeIf(file -> !slice.overlaps(file));
        return found;
    }

    private void copy(InternalCursor from, TableSequence to) {
        byte[] start = slice.start();
        int count = 0;
        boolean more = start == null ? from.first() : from.seek(start, 0, start.length, InternalKey.FIRST_TRAILER);
        while (more && !slice.endsBefore(from)) {
            if ((++count & CHECK_EVERY) == 0) {
                checkCancelled();
            }
            decide(from, to);
            more = from.next();
        }
        checkCancelled();
    }

    private void decide(InternalCursor entry, TableSequence to) {
        switch (retention.decide(entry)) {
            case KEEP -> keep(entry, to);
            case DELETE -> to.addEmpty(entry,
                    InternalKey.trailer(InternalKey.version(entry.trailer()), EntryKind.DELETE));
            case DROP -> { }
        }
    }

    private void keep(InternalCursor entry, TableSequence to) {
        ValueMover values = mover;
        if (values != null && values.move(entry)) {
            to.add(entry, values.cell(), 0, values.cellLength(), entry.trailer());
            checkCancelled();
        } else {
            to.add(entry);
        }
    }

    private void checkCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new CancelledException(ErrorCode.CANCELLED, "a compaction was cancelled; nothing was changed: "
                    + compaction, Map.of("kind", compaction.kind()));
        }
    }
}
