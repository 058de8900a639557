// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.recovery;

import io.sett.api.common.Progress;
import io.sett.api.common.ProgressListener;
import io.sett.api.error.StorageException;
import io.sett.api.kv.RecoveryReport.Cut;
import io.sett.api.kv.RecoveryReport.Phase;
import io.sett.api.kv.RecoveryReport;
import io.sett.engine.lsm.internal.base.Damage;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.io.WritableFile;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.SegmentMetadata;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.wal.LogBatch;
import io.sett.engine.lsm.internal.wal.LogChain;
import io.sett.engine.lsm.internal.wal.LogScan;
import io.sett.engine.lsm.internal.wal.LogScanner;
import io.sett.engine.lsm.internal.wal.LogVerdict;
import io.sett.engine.lsm.internal.wal.LogWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a store to the state of its last acknowledged commit, in phases: manifest, tables, logs, cleaning. Runs anew
 * from the beginning however often it was broken off; needs no flag after a crash.
 *
 * <p>For one opening by one thread; the directory is locked by the caller.
 */
public final class Recovery {

    /** What recovering is told. */
    public interface Settings {

        /** Where logs and value-log files are; may be the directory of the store. */
        StoreDirectory logDirectory();

        /** Whether nothing may be written. */
        boolean readOnly();

        /** Whether logs may be mapped. */
        boolean mapping();

        /** Milliseconds since 1970, for a new store. */
        long nowMillis();

        /** Hears how far it is. */
        ProgressListener progress();

        /** Told of tables that nobody needs any more, later. */
        LongConsumer obsoleteTable();
    }

    /**
     * A log with its memtable.
     *
     * @param memtable what the log says
     * @param end where the log ends
     * @param hasValues whether it holds values that are stored apart
     */
    public record RecoveredLog(Memtable memtable, long end, boolean hasValues) {
    }

    /**
     * The store as it was found.
     *
     * @param versions its tables; nothing was changed in the manifest
     * @param logs its logs, oldest first; none for a new store
     * @param writers the same logs, ready to go on; empty when reading only
     * @param lastVersion the newest commit
     * @param report what was done
     */
    public record Recovered(VersionSet versions, List<RecoveredLog> logs, List<LogWriter> writers, long lastVersion,
            RecoveryReport report) {
    }

    private final StoreDirectory directory;
    private final Settings settings;
    private final List<Phase> phases = new ArrayList<>();
    private final List<Path> dropped = new ArrayList<>();
    private long phaseStart = System.nanoTime();

    private boolean created;
    private long replayedCommits;
    private long replayedOperations;
    private long replayedBytes;
    private long lastVersion;
    private int gapAt = -1;
    private @Nullable Cut cut;

    private Recovery(StoreDirectory directory, Settings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    /** Opens or creates the store in a directory. */
    public static Recovered run(StoreDirectory directory, Settings settings) {
        return new Recovery(directory, settings).run();
    }

    private Recovered run() {
        VersionSet versions = readManifest();
        List<LogWriter> writers = new ArrayList<>();
        try {
            progress("manifest", 1, 1, "files");
            phase("manifest");
            checkTables(versions);
            checkSegments(versions);
            phase("tables");
            lastVersion = versions.flushedVersion();
            List<RecoveredLog> logs = new ArrayList<>();
            List<LogScan> scans = new ArrayList<>();
            replay(versions, logs, scans);
            long newest = settle(scans, logs);
            phase("logs");
            if (!settings.readOnly()) {
                progress("cleaning", 0, 1, "steps");
                clean(versions);
                progress("cleaning", 1, 1, "steps");
                phase("cleaning");
                progress("writing", 0, logs.size(), "files");
                openWriters(versions.storeId(), logs, writers);
                progress("writing", writers.size(), logs.size(), "files");
                phase("writing");
            }
            return new Recovered(versions, logs, writers, newest, report(versions, logs.size()));
        } catch (RuntimeException e) {
            closeAfter(e, writers);
            versions.close();
            throw e;
        }
    }

    private VersionSet readManifest() {
        progress("manifest", 0, 1, "files");
        Optional<VersionSet> found = VersionSet.load(directory, settings.readOnly(), settings.obsoleteTable());
        if (found.isPresent()) {
            return found.get();
        }
        for (Path file : directory.list()) {
            FileNames.Parsed parsed = FileNames.parse(file).orElse(null);
            if (parsed != null && isData(parsed.type())) {
                throw Damage.at(FileNames.current(directory.path()), 0, "it is missing, although there is data ("
                        + file.getFileName() + ")");
            }
        }
        if (settings.readOnly()) {
            throw Damage.at(FileNames.current(directory.path()), 0, "there is no store in this directory, and it is "
                    + "opened for reading only");
        }
        created = true;
        return VersionSet.create(directory, newStoreId(), settings.nowMillis(), settings.obsoleteTable());
    }

    /** Tells stores apart; need not be hard to guess, so that no source of secure random numbers is loaded for it. */
    private static UUID newStoreId() {
        long time = System.currentTimeMillis() * 1_000_003 ^ System.nanoTime();
        SplittableRandom random = new SplittableRandom(time ^ ProcessHandle.current().pid() << 40);
        return new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() & ~0xc000_0000_0000_0000L
                | 0x8000_0000_0000_0000L);
    }

    private static boolean isData(FileNames.Type type) {
        return type == FileNames.Type.TABLE || type == FileNames.Type.WAL || type == FileNames.Type.VALUE_LOG;
    }

    private void checkTables(VersionSet versions) {
        List<FileMetadata> files = versions.peek().allFiles();
        long done = 0;
        progress("tables", 0, files.size(), "files");
        for (FileMetadata file : files) {
            Path path = FileNames.table(directory.path(), file.id());
            if (!StoreDirectory.exists(path)) {
                throw Damage.at(path, 0, "the manifest names it and it is missing (" + file + ")");
            }
            long size = StoreDirectory.size(path);
            if (size != file.size()) {
                throw Damage.at(path, Math.min(size, file.size()), "it has " + size + " bytes and should have "
                        + file.size());
            }
            if (++done % 64 == 0) {
                progress("tables", done, files.size(), "files");
            }
        }
        progress("tables", files.size(), files.size(), "files");
    }

    private void checkSegments(VersionSet versions) {
        for (SegmentMetadata segment : versions.peek().segments()) {
            Path path = segment.path(logs());
            if (!StoreDirectory.exists(path)) {
                throw Damage.at(path, 0, "the manifest names it and it is missing (" + segment + ")");
            }
            long size = StoreDirectory.size(path);
            if (size < segment.size()) {
                throw Damage.at(path, size, "it has " + size + " bytes and should have " + segment.size());
            }
        }
    }

    private Path logs() {
        return settings.logDirectory().path();
    }

    // --- logs ---

    private void replay(VersionSet versions, List<RecoveredLog> logs, List<LogScan> scans) {
        List<Long> ids = versions.liveLogs();
        boolean whole = true;
        progress("logs", 0, ids.size(), "files");
        for (long id : ids) {
            Path path = FileNames.wal(logs(), id);
            if (!StoreDirectory.exists(path)) {
                throw Damage.at(path, 0, "the manifest names this log and it is missing");
            }
            Memtable memtable = new Memtable(id);
            Replay sink = new Replay(memtable, whole, scans.size());
            LogScan scan = LogScanner.scan(logs(), versions.storeId(), id, sink);
            scans.add(scan);
            logs.add(new RecoveredLog(memtable, sink.gap ? FileHeader.LENGTH : scan.end(), sink.hasValues));
            whole = whole && !sink.gap && scan.damage() == null;
            progress("logs", scans.size(), ids.size(), "files");
        }
    }

    /** Puts commits into a memtable as long as everything before them was whole. */
    private final class Replay implements LogScanner.CommitSink, LogBatch.Sink {

        private final Memtable memtable;
        private final int index;
        private boolean applies;
        private final ValueCell cell = new ValueCell();
        private final ValuePointer pointer = new ValuePointer();
        private boolean gap;
        private boolean hasValues;
        private long version;

        private Replay(Memtable memtable, boolean applies, int index) {
            this.memtable = memtable;
            this.applies = applies;
            this.index = index;
        }

        @Override
        public void commit(long commitVersion, LogBatch batch) {
            if (!applies) {
                return;
            }
            if (commitVersion != lastVersion + 1) {
                applies = false;
                gap = true;
                gapAt = index;
                return;
            }
            version = commitVersion;
            batch.forEach(this);
            memtable.note(version);
            lastVersion = commitVersion;
            replayedCommits++;
            replayedOperations += batch.count();
            replayedBytes += batch.byteSize();
        }

        @Override
        public void operation(int kind, byte[] data, int keyAt, int keyLength, int cellAt, int cellLength) {
            if (!EntryKind.isKnown(kind)) {
                throw new IllegalArgumentException("an operation of kind " + kind);
            }
            if (kind == EntryKind.PUT_POINTER) {
                checkPointer(data, cellAt, cellLength);
                hasValues = true;
            }
            memtable.add(data, keyAt, keyLength, InternalKey.trailer(version, kind), data, cellAt, cellLength);
        }

        private void checkPointer(byte[] data, int cellAt, int cellLength) {
            if (!cell.parse(data, cellAt, cellLength)
                    || !pointer.parse(data, cell.payloadOffset(), cell.payloadLength())
                    || pointer.segment() != memtable.id() || pointer.offset() < FileHeader.LENGTH) {
                throw new IllegalArgumentException("an operation that points to no value of this log");
            }
        }
    }

    /** Decides about the end of the logs and cuts them in memory; returns the newest version. */
    private long settle(List<LogScan> scans, List<RecoveredLog> logs) {
        if (gapAt == 0) {
            LogScan first = scans.get(0);
            throw Damage.at(first.path(), FileHeader.LENGTH, "its first commit does not follow version " + lastVersion
                    + ", up to which the tables reach");
        }
        LogVerdict verdict = LogVerdict.of(scans, gapAt);
        if (verdict.outcome() == LogVerdict.Outcome.KEEP) {
            return lastVersion;
        }
        LogScan scan = scans.get(verdict.log());
        if (verdict.outcome() == LogVerdict.Outcome.CORRUPT) {
            throw Damage.at(scan.path(), verdict.offset(), verdict.reason());
        }
        long bytes = scan.size() - scan.end();
        for (int later = verdict.log() + 1; later < logs.size(); later++) {
            bytes += scans.get(later).size() - FileHeader.LENGTH;
            logs.set(later, new RecoveredLog(new Memtable(scans.get(later).id()), FileHeader.LENGTH, false));
        }
        cut = new Cut(scan.path(), scan.end(), bytes, verdict.reason());
        return lastVersion;
    }

    /** In the order of the logs, so that breaking off leaves a state that is cut at the same place again. */
    private void openWriters(UUID store, List<RecoveredLog> logs, List<LogWriter> writers) {
        for (RecoveredLog log : logs) {
            writers.add(LogWriter.resume(logs(), store, log.memtable().id(), log.end(), settings.mapping(),
                    log.hasValues()));
        }
    }

    private static void closeAfter(RuntimeException failure, List<LogWriter> writers) {
        try {
            LogChain.closeAll(writers);
        } catch (StorageException e) {
            failure.addSuppressed(e);
        }
    }

    /** Deletes files of work that was not finished, none of which the manifest names. */
    private void clean(VersionSet versions) {
        Set<Long> tables = new HashSet<>();
        for (FileMetadata file : versions.peek().allFiles()) {
            tables.add(file.id());
        }
        Set<Long> logs = new HashSet<>(versions.liveLogs());
        for (SegmentMetadata segment : versions.peek().segments()) {
            logs.add(segment.id());
            cutLeftover(segment);
        }
        List<Path> files = new ArrayList<>(directory.list());
        if (!logs().equals(directory.path())) {
            files.addAll(settings.logDirectory().list());
        }
        for (Path file : files) {
            FileNames.Parsed parsed = FileNames.parse(file).orElse(null);
            if (parsed == null) {
                continue;
            }
            versions.skipFileId(parsed.number());
            FileNames.Type type = parsed.type();
            boolean unneeded = type == FileNames.Type.TEMPORARY
                    || type == FileNames.Type.TABLE && !tables.contains(parsed.number())
                    || (type == FileNames.Type.WAL || type == FileNames.Type.VALUE_LOG)
                            && !logs.contains(parsed.number())
                    || type == FileNames.Type.MANIFEST && parsed.number() != versions.manifestId();
            if (unneeded) {
                StoreDirectory.delete(file);
                dropped.add(file);
            }
        }
    }

    /** What a garbage collection that was broken off has written behind the part that counts. */
    private void cutLeftover(SegmentMetadata segment) {
        Path path = segment.path(logs());
        if (StoreDirectory.size(path) > segment.size()) {
            try (WritableFile file = WritableFile.open(path, segment.size())) {
                file.truncate(segment.size());
            }
        }
    }

    // --- telling ---

    private void phase(String name) {
        long now = System.nanoTime();
        phases.add(new Phase(name, Duration.ofNanos(now - phaseStart)));
        phaseStart = now;
    }

    private void progress(String phase, long done, long total, String unit) {
        settings.progress().onProgress(new Progress(phase, done, total, unit));
    }

    private RecoveryReport report(VersionSet versions, int logs) {
        return new RecoveryReport(versions.storeId(), created, versions.peek().fileCount(), logs, replayedCommits,
                replayedOperations, replayedBytes, cut, dropped, phases);
    }
}
