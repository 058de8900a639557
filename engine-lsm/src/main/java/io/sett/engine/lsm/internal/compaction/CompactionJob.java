// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.table.TableReader;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.version.VersionEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does one compaction: merges its tables, leaves out what nobody needs, writes the rest into new tables. A large one is
 * cut into slices by key, each merged by a {@link MergePass} of its own, several at the same time; together they are one
 * edit. The version that it was chosen from must be held while it runs; the new tables count only when the edit has been
 * applied to it.
 *
 * <p>One use. When it fails or is cancelled it has deleted what it wrote.
 */
public final class CompactionJob {

    /** A slice is worth a thread if it has this many tables' worth of bytes. */
    private static final int TABLES_PER_SLICE = 2;
    private static final int ANCHORS_PER_TABLE = 32;

    private final Compaction compaction;
    private final Version version;
    private final Setting setting;
    private final Horizon horizon;
    private final BooleanSupplier cancelled;
    private @Nullable ValueMover mover;

    /**
     * A job.
     *
     * @param horizon what can no longer be seen
     * @param cancelled asked now and then; the job ends with CancelledException when it says so
     */
    public CompactionJob(Compaction compaction, Version version, Setting setting, Horizon horizon,
            BooleanSupplier cancelled) {
        this.compaction = compaction;
        this.version = version;
        this.setting = setting;
        this.horizon = horizon;
        this.cancelled = cancelled;
    }

    /** Moves values on the way, in one pass. */
    CompactionJob moving(@Nullable ValueMover values) {
        mover = values;
        return this;
    }

    /**
     * Where a job works.
     *
     * @param tables to read
     * @param place where new tables go; its size of tables gives way to that of the compaction
     * @param versionsToKeep of each key at or below the oldest reader, at least 1
     * @param maxSlices parts of one compaction that may run at the same time, at least 1
     * @param helpers runs them when it has threads to spare
     */
    public record Setting(TableCache tables, TableSequence.Place place, int versionsToKeep, int maxSlices,
            Executor helpers) {

        TableSequence.Place placeFor(Compaction compaction) {
            return new TableSequence.Place(place.directory(), place.storeId(), place.fileIds(), place.options(),
                    compaction.targetSize(), place.millis());
        }
    }

    /**
     * What a compaction did.
     *
     * @param compaction which one
     * @param edit what it makes of the version
     * @param inputBytes bytes read
     * @param outputBytes bytes written
     * @param dropped entries left out
     * @param slices into how many parts it was cut
     */
    public record Result(Compaction compaction, VersionEdit edit, long inputBytes, long outputBytes, long dropped,
            int slices) {
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
            return new Result(compaction, edit.build(), 0, 0, 0, 0);
        }
        List<KeyLimits> slices = slices();
        RangeDeletions deletions = deletions();
        List<MergePass.Result> passes = new ParallelPasses(slices, cancelled, (slice, shouldEnd) -> new MergePass(
                compaction, version, slice, setting, horizon, deletions, mover, shouldEnd)).run(setting.helpers());
        long outputBytes = 0;
        long dropped = 0;
        for (MergePass.Result pass : passes) {
            dropped += pass.dropped();
            pass.segments().forEach(edit::addSegment);
            for (TableSequence.Output output : pass.outputs()) {
                edit.addFile(FileMetadata.of(output, compaction.outputLevel()));
                outputBytes += output.size();
            }
        }
        return new Result(compaction, edit.build(), compaction.inputBytes(), outputBytes, dropped, slices.size());
    }

    /** The ranges that the inputs delete. */
    private RangeDeletions deletions() {
        List<RangeDeletions> found = new ArrayList<>();
        for (FileMetadata file : compaction.allInputs()) {
            if (file.rangeDeletions() > 0) {
                found.add(setting.tables().get(file.id()).rangeDeletions());
            }
        }
        return RangeDeletions.merge(found);
    }

    /** One slice, or several when there is enough to do for each. Within level 0 a memtable's worth stays one table. */
    private List<KeyLimits> slices() {
        long parts = compaction.outputLevel() == 0 ? 1
                : compaction.inputBytes() / Math.max(1, TABLES_PER_SLICE * compaction.targetSize());
        if (setting.maxSlices() < 2 || parts < 2 || mover != null) {
            return List.of(KeyLimits.ALL);
        }
        return KeySlices.cut(anchors(), (int) Math.min(setting.maxSlices(), parts));
    }

    private List<Anchor> anchors() {
        List<Anchor> anchors = new ArrayList<>();
        for (FileMetadata file : compaction.allInputs()) {
            TableReader table = setting.tables().get(file.id());
            List<byte[]> keys = table.separators(ANCHORS_PER_TABLE);
            long part = file.size() / (keys.size() + 1);
            for (byte[] key : keys) {
                anchors.add(Anchor.behind(key, part));
            }
            anchors.add(Anchor.behind(file.largestUserKey(), part));
        }
        return anchors;
    }

    /** The version that must be held while it runs. */
    public Version version() {
        return version;
    }
}
