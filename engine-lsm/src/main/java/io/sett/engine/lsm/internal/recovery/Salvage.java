// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.recovery;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Progress;
import io.sett.api.common.ProgressListener;
import io.sett.api.error.StorageException;
import io.sett.api.kv.RepairReport;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.read.MergingCursor;
import io.sett.engine.lsm.internal.table.TableOptions;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.VersionEdit;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Writes what is whole of a damaged store into a new one: all tables and logs are merged into one sorted run, values
 * that were stored apart go back to their keys. Where something is missing, older entries of the same keys are hidden
 * by a deleted range, since they would come back as if they were the newest. The damaged store is only read.
 *
 * <p>For one use by one thread; both directories are locked by the caller.
 */
public final class Salvage {

    private static final long TABLE_BYTES = 32L << 20;
    private static final int SORTED_LEVEL = 1;

    private final StoreDirectory target;
    private final ProgressListener progress;
    private final SalvageSource source;
    private final long nowMillis;
    private final ValueCell cell = new ValueCell();
    private final ValuePointer pointer = new ValuePointer();
    private long entries;

    /**
     * A salvage.
     *
     * @param damaged directory of the damaged store
     * @param logs where its logs are
     * @param target empty directory of the new store
     */
    public Salvage(StoreDirectory damaged, StoreDirectory logs, StoreDirectory target, long nowMillis,
            ProgressListener progress) {
        this.target = target;
        this.progress = progress;
        this.nowMillis = nowMillis;
        this.source = new SalvageSource(damaged, logs);
    }

    /** Does it. */
    public RepairReport run() {
        long start = System.nanoTime();
        progress.onProgress(new Progress("look", 0, 1, "steps"));
        try (SalvageSource opened = source.open()) {
            progress.onProgress(new Progress("look", 1, 1, "steps"));
            VersionSet versions = VersionSet.create(target, UUID.randomUUID(), nowMillis, unused -> { });
            try {
                write(opened, versions);
            } finally {
                versions.close();
            }
            List<KeyRange> lost = new ArrayList<>();
            for (RangeDeletions.Deletion one : opened.losses()) {
                lost.add(KeyRange.of(one.start(), one.end()));
            }
            return new RepairReport(entries, opened.logCommits(), lost, opened.problems(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private void write(SalvageSource opened, VersionSet versions) {
        TableSequence.Place place = new TableSequence.Place(target.path(), versions.storeId(), versions::newFileId,
                TableOptions.DEFAULTS, TABLE_BYTES, () -> nowMillis);
        VersionEdit.Builder edit = VersionEdit.builder();
        try (TableSequence tables = new TableSequence(place)) {
            tables.deletions(opened.rangeDeletions());
            merge(opened, tables);
            for (TableSequence.Output output : tables.finish()) {
                edit.addFile(FileMetadata.of(output, SORTED_LEVEL));
            }
        }
        try (TableSequence hiding = new TableSequence(place)) {
            hiding.deletions(RangeDeletions.of(opened.losses()));
            for (TableSequence.Output output : hiding.finish()) {
                edit.addFile(FileMetadata.of(output, 0));
            }
        }
        versions.apply(edit.flushedVersion(opened.lastVersion()).build());
    }

    private void merge(SalvageSource opened, TableSequence tables) {
        if (opened.cursors().isEmpty()) {
            return;
        }
        byte[] before = Bytes.EMPTY;
        try (ValueLog values = opened.values(); InternalCursor all = new MergingCursor(opened.cursors())) {
            long total = opened.claimedEntries();
            progress.onProgress(new Progress("merge", 0, total, "entries"));
            for (boolean more = all.first(); more; more = all.next()) {
                byte[] key = all.internalKey();
                if (Arrays.equals(key, before)) {
                    continue;
                }
                before = key;
                add(opened, tables, all, values);
                if (++entries % 10_000 == 0) {
                    progress.onProgress(new Progress("merge", Math.min(entries, total), total, "entries"));
                }
            }
            progress.onProgress(new Progress("merge", total, total, "entries"));
        }
    }

    private void add(SalvageSource opened, TableSequence tables, InternalCursor entry, ValueLog values) {
        if (InternalKey.kind(entry.trailer()) != EntryKind.PUT_POINTER) {
            tables.add(entry);
            return;
        }
        byte[] key = Arrays.copyOfRange(entry.keyArray(), entry.keyOffset(), entry.keyOffset() + entry.keyLength());
        long version = InternalKey.version(entry.trailer());
        try {
            if (!cell.parse(entry.cellArray(), entry.cellOffset(), entry.cellLength())
                    || !pointer.parse(cell.array(), cell.payloadOffset(), cell.payloadLength())) {
                opened.lose(key, key, version + 1, "entry without a pointer: "
                        + InternalKey.describe(entry.internalKey()));
                return;
            }
            byte[] whole = ValueCell.encode(cell.userMeta(), cell.expiresAt(), values.read(pointer));
            tables.add(entry, whole, 0, whole.length, InternalKey.trailer(version, EntryKind.PUT));
        } catch (StorageException e) {
            opened.lose(key, key, version + 1, e.getMessage());
        }
    }
}
