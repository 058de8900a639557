// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Progress;
import io.sett.api.common.ProgressListener;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.kv.VerifyReport;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.ReadableFile;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.SegmentMetadata;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.wal.LogScan;
import io.sett.engine.lsm.internal.wal.LogScanner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks a store, in phases: CURRENT and manifest against what the store knows; tables ({@link TableCheck}); files of
 * the value log; logs. Level QUICK looks at presence, sizes, headers and footers, FULL at every byte that counts.
 * Beside readers and writers; the version it checks is held. For one thread.
 */
final class StoreCheck {

    private final OpenStore open;
    private final VerifyLevel level;
    private final ProgressListener progress;
    private final List<String> problems = new ArrayList<>();
    private int files;
    private long bytes;

    StoreCheck(OpenStore open, VerifyLevel level, ProgressListener progress) {
        this.open = open;
        this.level = level;
        this.progress = progress;
    }

    VerifyReport run() {
        long start = System.nanoTime();
        Version version = open.versions().acquire();
        try {
            checkManifest();
            checkTables(version.allFiles());
            checkSegments(version.segments());
            checkLogs(open.versions().liveLogs());
            return new VerifyReport(level, problems, files, bytes, Duration.ofNanos(System.nanoTime() - start));
        } finally {
            version.release();
        }
    }

    private void step(String phase, int done, int total) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(ErrorCode.CANCELLED, "verifying store '" + open.arguments().store()
                    + "' was interrupted", Map.of("store", open.arguments().store()));
        }
        progress.onProgress(new Progress(phase, done, total, "files"));
    }

    private void checkManifest() {
        step("manifest", 0, 1);
        problems.addAll(open.versions().compareWithDisk());
        files++;
        step("manifest", 1, 1);
    }

    private void checkTables(List<FileMetadata> tables) {
        step("tables", 0, tables.size());
        for (int i = 0; i < tables.size(); i++) {
            bytes += new TableCheck(open, tables.get(i), problems).run(level == VerifyLevel.FULL);
            files++;
            step("tables", i + 1, tables.size());
        }
    }

    /** Their values are checked with the tables that point to them. */
    private void checkSegments(List<SegmentMetadata> segments) {
        step("values", 0, segments.size());
        for (int i = 0; i < segments.size(); i++) {
            SegmentMetadata segment = segments.get(i);
            Path path = segment.path(open.values().directory());
            if (checkHeader(path, segment.id(), segment.isLog() ? "WLOG" : "VLOG")
                    && StoreDirectory.size(path) < segment.size()) {
                problems.add(path + " has " + StoreDirectory.size(path) + " bytes and should have "
                        + segment.size());
            }
            step("values", i + 1, segments.size());
        }
    }

    private boolean checkHeader(Path path, long id, String kind) {
        files++;
        if (!StoreDirectory.exists(path)) {
            problems.add(path + " is missing");
            return false;
        }
        try (ReadableFile file = ReadableFile.open(path, false)) {
            FileHeader.decode(file.read(0, (int) Math.min(FileHeader.LENGTH, file.size())), kind, Integer.MAX_VALUE,
                    path).requireIdentity(open.versions().storeId(), id, path);
            return true;
        } catch (StorageException e) {
            problems.add(e.getMessage());
            return false;
        }
    }

    private void checkLogs(List<Long> logs) {
        step("logs", 0, logs.size());
        for (int i = 0; i < logs.size(); i++) {
            OpenStore.Writing writing = open.writing();
            // Taken before the scan: what grows meanwhile may be half written, what was there may not.
            long known = writing == null ? 0 : writing.logs().lengthOf(logs.get(i));
            checkLog(logs.get(i), known);
            step("logs", i + 1, logs.size());
        }
    }

    private void checkLog(long id, long known) {
        Path path = FileNames.wal(open.values().directory(), id);
        if (!StoreDirectory.exists(path)) {
            if (open.versions().liveLogs().contains(id)) {
                problems.add(path + " is missing");
            }
            return;
        }
        if (!checkHeader(path, id, "WLOG") || level != VerifyLevel.FULL) {
            return;
        }
        try {
            LogScan scan = LogScanner.scan(open.values().directory(), open.versions().storeId(), id,
                    (version, batch) -> bytes += batch.byteSize());
            if (scan.end() < known && open.versions().liveLogs().contains(id)) {
                problems.add(path + " is whole up to offset " + scan.end() + " and should be up to " + known
                        + (scan.damage() == null ? "" : ": " + scan.damage().what()));
            }
        } catch (StorageException e) {
            problems.add(e.getMessage());
        }
    }
}
