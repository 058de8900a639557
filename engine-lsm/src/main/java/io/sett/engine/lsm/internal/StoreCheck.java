// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Progress;
import io.sett.api.common.ProgressListener;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.kv.VerifyReport;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.table.TableReader;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Checks tables and value log of a store against the manifest: presence, size, header and footer; at level FULL every
 * block, order, bounds, counts, cells and values as well. Beside readers and writers; the version it checks is held.
 */
final class StoreCheck {

    private final OpenStore open;
    private final VerifyLevel level;
    private final ProgressListener progress;
    private final List<String> problems = new ArrayList<>();
    private final ValueLogCheck values;
    private long bytes;

    StoreCheck(OpenStore open, VerifyLevel level, ProgressListener progress) {
        this.open = open;
        this.level = level;
        this.progress = progress;
        this.values = new ValueLogCheck(open.values(), problems);
    }

    VerifyReport run() {
        long start = System.nanoTime();
        Version version = open.versions().acquire();
        try {
            List<FileMetadata> files = version.allFiles();
            long valueBytes = values.checkFiles(version);
            bytes += level == VerifyLevel.FULL ? valueBytes : 0;
            int done = 0;
            progress.onProgress(new Progress("tables", 0, files.size(), "tables"));
            for (FileMetadata file : files) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancelledException(ErrorCode.CANCELLED, "verifying store '" + open.arguments().store()
                            + "' was interrupted", Map.of("store", open.arguments().store()));
                }
                check(file);
                progress.onProgress(new Progress("tables", ++done, files.size(), "tables"));
            }
            return new VerifyReport(level, problems, files.size(), bytes,
                    Duration.ofNanos(System.nanoTime() - start));
        } finally {
            version.release();
        }
    }

    private void check(FileMetadata file) {
        Path path = FileNames.table(open.config().directory(), file.id());
        try {
            if (!StoreDirectory.exists(path)) {
                problems.add(path + " is missing: " + file);
                return;
            }
            long size = StoreDirectory.size(path);
            if (size != file.size()) {
                problems.add(path + " has " + size + " bytes and should have " + file.size());
                return;
            }
            TableReader table = open.tables().get(file.id());
            long entries = table.properties().entries();
            if (entries != file.entries()) {
                problems.add(path + " says it has " + entries + " entries, the manifest says " + file.entries());
            }
            if (level == VerifyLevel.FULL) {
                readAll(path, file, table);
                bytes += size;
            }
        } catch (StorageException e) {
            problems.add(e.getMessage() + " (" + file + ")");
        }
    }

    private void readAll(Path path, FileMetadata file, TableReader table) {
        long entries = 0;
        byte[] before = null;
        ValueCell cell = new ValueCell();
        try (InternalCursor cursor = table.cursor(false)) {
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                byte[] key = cursor.internalKey();
                if (before != null && InternalKey.compare(before, key) >= 0) {
                    problems.add(path + ": entry " + entries + " is out of order: " + InternalKey.describe(key));
                    return;
                }
                if (before == null && !Arrays.equals(key, file.smallest())
                        && (file.rangeDeletions() == 0 || InternalKey.compareUserKeys(key, file.smallest()) < 0)) {
                    problems.add(path + " begins with " + InternalKey.describe(key) + ", the manifest says "
                            + InternalKey.describe(file.smallest()));
                }
                if (!EntryKind.isKnown(InternalKey.kind(cursor.trailer()))
                        || !cell.parse(cursor.cellArray(), cursor.cellOffset(), cursor.cellLength())) {
                    problems.add(path + ": entry " + entries + " is malformed: " + InternalKey.describe(key));
                } else {
                    values.check(path, cursor, cell);
                }
                before = key;
                entries++;
            }
        }
        values.end(path, file);
        if (before != null && !Arrays.equals(before, file.largest())
                && (file.rangeDeletions() == 0 || InternalKey.compareUserKeys(before, file.largest()) > 0)) {
            problems.add(path + " ends with " + InternalKey.describe(before) + ", the manifest says "
                    + InternalKey.describe(file.largest()));
        }
        long ranges = file.rangeDeletions() == 0 ? 0 : table.rangeDeletions().count();
        if (ranges != file.rangeDeletions()) {
            problems.add(path + " has " + ranges + " deleted ranges, the manifest says " + file.rangeDeletions());
        }
        if (entries != file.entries()) {
            problems.add(path + " has " + entries + " entries, the manifest says " + file.entries());
        }
    }
}
