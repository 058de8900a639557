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
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.version.VersionEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Does one compaction: merges its tables, leaves out what nobody needs, writes the rest into new tables. The version
 * that it was chosen from must be held while it runs; the new tables count only when the edit has been applied to it.
 *
 * <p>One use, one thread. When it fails or is cancelled it has deleted what it wrote.
 */
public final class CompactionJob {

    private static final int CHECK_EVERY = 0x3ff;

    private final Compaction compaction;
    private final Version version;
    private final TableCache tables;
    private final TableSequence.Place place;
    private final Retention retention;
    private final RangeDeletions deletions;
    private final BooleanSupplier cancelled;

    /**
     * A job.
     *
     * @param place where new tables go; its size of tables gives way to that of the compaction
     * @param oldestReader no reader, now or later, reads with a lower version
     * @param cancelled asked now and then; the job ends with CancelledException when it says so
     */
    public CompactionJob(Compaction compaction, Version version, TableCache tables, TableSequence.Place place,
            long oldestReader, int versionsToKeep, BooleanSupplier cancelled) {
        this.compaction = compaction;
        this.version = version;
        this.tables = tables;
        this.place = new TableSequence.Place(place.directory(), place.storeId(), place.fileIds(), place.options(),
                compaction.targetSize(), place.millis());
        DeeperTables deeper = new DeeperTables(version, compaction);
        RangeDeletions all = compaction.rewrites() ? deletions(compaction, tables) : RangeDeletions.NONE;
        this.deletions = all.forReaders(oldestReader, deeper);
        this.retention = new Retention(oldestReader, versionsToKeep, place.millis().getAsLong(), deeper, all);
        this.cancelled = cancelled;
    }

    private static RangeDeletions deletions(Compaction compaction, TableCache tables) {
        List<RangeDeletions> found = new ArrayList<>();
        for (FileMetadata file : compaction.allInputs()) {
            if (file.rangeDeletions() > 0) {
                found.add(tables.get(file.id()).rangeDeletions());
            }
        }
        return RangeDeletions.merge(found);
    }

    /**
     * What a compaction did.
     *
     * @param compaction which one
     * @param edit what it makes of the version
     * @param inputBytes bytes read
     * @param outputBytes bytes written
     * @param dropped entries left out
     */
    public record Result(Compaction compaction, VersionEdit edit, long inputBytes, long outputBytes, long dropped) {
    }

    /** Runs it. */
    public Result run() {
        VersionEdit.Builder edit = VersionEdit.builder();
        for (FileMetadata file : compaction.allInputs()) {
            edit.deleteFile(file);
        }
        if (!compaction.rewrites()) {
            if (compaction.kind() == Compaction.Kind.MOVE) {
                compaction.inputs().forEach(file -> edit.addFile(file.withLevel(compaction.outputLevel())));
            }
            return new Result(compaction, edit.build(), 0, 0, 0);
        }
        long outputBytes = 0;
        try (TableSequence outputs = new TableSequence(place); InternalCursor inputs = openInputs()) {
            outputs.deletions(deletions);
            copy(inputs, outputs);
            for (TableSequence.Output output : outputs.finish()) {
                edit.addFile(FileMetadata.of(output, compaction.outputLevel()));
                outputBytes += output.size();
            }
        }
        return new Result(compaction, edit.build(), compaction.inputBytes(), outputBytes, retention.dropped());
    }

    private InternalCursor openInputs() {
        List<List<FileMetadata>> sorted = new ArrayList<>();
        if (compaction.inputLevel() > 0) {
            sorted.add(compaction.inputs());
        }
        sorted.add(compaction.overlapped());
        List<FileMetadata> overlapping = compaction.inputLevel() == 0 ? compaction.inputs() : List.of();
        return ViewCursors.over(tables, overlapping, sorted);
    }

    private void copy(InternalCursor from, TableSequence to) {
        int count = 0;
        for (boolean more = from.first(); more; more = from.next()) {
            if ((++count & CHECK_EVERY) == 0) {
                checkCancelled();
            }
            switch (retention.decide(from)) {
                case KEEP -> to.add(from);
                case DELETE -> to.addEmpty(from,
                        InternalKey.trailer(InternalKey.version(from.trailer()), EntryKind.DELETE));
                case DROP -> { }
            }
        }
        checkCancelled();
    }

    private void checkCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new CancelledException(ErrorCode.CANCELLED, "a compaction was cancelled; nothing was changed: "
                    + compaction, Map.of("kind", compaction.kind()));
        }
    }

    /** The version that must be held while it runs. */
    public Version version() {
        return version;
    }
}
