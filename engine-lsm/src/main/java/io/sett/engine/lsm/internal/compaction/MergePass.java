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
import io.sett.engine.lsm.internal.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

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

    /**
     * A pass.
     *
     * @param ranges that the inputs of the whole compaction delete
     */
    MergePass(Compaction compaction, Version version, KeyLimits slice, CompactionJob.Setting setting, Horizon horizon,
            RangeDeletions ranges, BooleanSupplier cancelled) {
        this.compaction = compaction;
        this.slice = slice;
        this.setting = setting;
        DeeperTables deeper = new DeeperTables(version, compaction);
        this.retention = new Retention(horizon.oldestReader(), setting.versionsToKeep(), horizon.nowMillis(), deeper,
                ranges);
        this.outputs = new TableSequence(setting.placeFor(compaction));
        outputs.deletions(ranges.clip(slice.start(), slice.end()).forReaders(horizon.oldestReader(), deeper));
        this.cancelled = cancelled;
    }

    /**
     * What a pass did.
     *
     * @param outputs tables written, by key
     * @param dropped entries left out
     */
    record Result(List<TableSequence.Output> outputs, long dropped) {
    }

    Result run() {
        try (TableSequence writing = outputs; InternalCursor inputs = open()) {
            copy(inputs, writing);
            return new Result(writing.finish(), retention.dropped());
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
            case KEEP -> to.add(entry);
            case DELETE -> to.addEmpty(entry,
                    InternalKey.trailer(InternalKey.version(entry.trailer()), EntryKind.DELETE));
            case DROP -> { }
        }
    }

    private void checkCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new CancelledException(ErrorCode.CANCELLED, "a compaction was cancelled; nothing was changed: "
                    + compaction, Map.of("kind", compaction.kind()));
        }
    }
}
