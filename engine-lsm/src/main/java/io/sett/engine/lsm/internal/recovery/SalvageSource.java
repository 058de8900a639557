// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.recovery;

import io.sett.api.error.StorageException;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.cache.BlockCache;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.ReadableFile;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.table.PinBudget;
import io.sett.engine.lsm.internal.table.SalvageCursor;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.table.TableProperties;
import io.sett.engine.lsm.internal.table.TableReader;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.FormatVersion;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import io.sett.engine.lsm.internal.wal.LogBatch;
import io.sett.engine.lsm.internal.wal.LogScan;
import io.sett.engine.lsm.internal.wal.LogScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a damaged store: its tables, as the manifest names them or, without a manifest, as they lie in
 * the directory; and the commits of its logs up to the first damage. Collects what is missing. For one thread.
 */
final class SalvageSource implements AutoCloseable {

    private static final long CACHE_BYTES = 1 << 20;
    private static final int MAX_HANDLES = 32;

    private final StoreDirectory directory;
    private final StoreDirectory logDirectory;
    private final List<String> problems = new ArrayList<>();
    private final List<RangeDeletions.Deletion> losses = new ArrayList<>();
    private final List<InternalCursor> cursors = new ArrayList<>();
    private final List<RangeDeletions> deletions = new ArrayList<>();
    private @Nullable TableCache tables;
    private @Nullable UUID storeId;
    private long claimedEntries;
    private long flushed;
    private long lastVersion;
    private long logCommits;

    SalvageSource(StoreDirectory directory, StoreDirectory logDirectory) {
        this.directory = directory;
        this.logDirectory = logDirectory;
    }

    /** Looks at everything. */
    SalvageSource open() {
        Optional<VersionSet> manifest = manifest();
        UUID store = manifest.map(VersionSet::storeId).orElseGet(this::anyStoreId);
        storeId = store;
        TableCache cache = new TableCache(directory.path(), store, false, new BlockCache<>(CACHE_BYTES),
                new PinBudget(CACHE_BYTES), MAX_HANDLES);
        tables = cache;
        if (manifest.isPresent()) {
            VersionSet versions = manifest.get();
            flushed = versions.flushedVersion();
            versions.peek().allFiles().forEach(file -> openTable(cache, file.id(), file));
            replay(store, versions.liveLogs());
            versions.close();
        } else {
            files(directory, FileNames.Type.TABLE).forEach(id -> openTable(cache, id, null));
            replay(store, files(logDirectory, FileNames.Type.WAL));
        }
        return this;
    }

    private Optional<VersionSet> manifest() {
        try {
            Optional<VersionSet> found = VersionSet.load(directory, true, unused -> { });
            if (found.isEmpty()) {
                problems.add(FileNames.current(directory.path()) + " is missing; all tables found are taken, and what "
                        + "was deleted shortly before may be back");
            }
            return found;
        } catch (StorageException e) {
            problems.add(e.getMessage() + "; all tables found are taken, and what was deleted shortly before may be "
                    + "back");
            return Optional.empty();
        }
    }

    /** From the header of any file, since all have it. */
    private UUID anyStoreId() {
        for (Path file : directory.list()) {
            FileNames.Parsed parsed = FileNames.parse(file).orElse(null);
            if (parsed == null || parsed.type() != FileNames.Type.TABLE && parsed.type() != FileNames.Type.WAL) {
                continue;
            }
            String kind = parsed.type() == FileNames.Type.TABLE ? "TABL" : "WLOG";
            try (ReadableFile open = ReadableFile.open(file, false)) {
                return FileHeader.decode(open.read(0, (int) Math.min(FileHeader.LENGTH, open.size())), kind,
                        FormatVersion.CURRENT, file).storeId();
            } catch (StorageException e) {
                problems.add(e.getMessage());
            }
        }
        return new UUID(0, 0);
    }

    private static List<Long> files(StoreDirectory directory, FileNames.Type type) {
        List<Long> ids = new ArrayList<>();
        for (Path file : directory.list()) {
            FileNames.parse(file).filter(parsed -> parsed.type() == type).ifPresent(parsed -> ids.add(parsed.number()));
        }
        ids.sort(Long::compare);
        return ids;
    }

    // --- tables ---

    private void openTable(TableCache cache, long id, @Nullable FileMetadata told) {
        Path path = FileNames.table(directory.path(), id);
        byte[] first = told == null ? null : told.smallestUserKey();
        byte[] last = told == null ? null : told.largestUserKey();
        long newest = told == null ? Long.MAX_VALUE : told.maxVersion();
        try {
            TableReader table = cache.get(id);
            if (first == null || last == null) {
                TableProperties own = table.properties();
                first = userKey(own.smallest());
                last = userKey(own.largest());
                newest = own.maxVersion();
                claimedEntries += own.entries();
            } else {
                claimedEntries += told.entries();
            }
            flushed = Math.max(flushed, newest);
            if (told == null || told.rangeDeletions() > 0) {
                deletions.add(table.rangeDeletions());
            }
            long version = newest;
            cursors.add(new SalvageCursor(table, first,
                    (from, to, reason) -> lose(from, to, version + 1, reason.getMessage())));
        } catch (StorageException e) {
            if (first == null || last == null) {
                problems.add(e.getMessage() + "; which keys it had is unknown, they may be older than they were");
            } else {
                lose(first, last, newest + 1, e.getMessage());
            }
        }
    }

    private static byte[] userKey(byte[] internalKey) {
        return Arrays.copyOf(internalKey, internalKey.length - Long.BYTES);
    }

    /** Entries of these keys, both ends included, below a version are missing. */
    void lose(byte[] first, byte[] last, long below, String reason) {
        problems.add(reason);
        losses.add(new RangeDeletions.Deletion(first, Arrays.copyOf(last, last.length + 1), below));
        lastVersion = Math.max(lastVersion, below);
    }

    // --- logs ---

    private void replay(UUID store, List<Long> logs) {
        lastVersion = Math.max(lastVersion, flushed);
        TreeMap<Long, String> missing = new TreeMap<>();
        long[] expected = {flushed + 1};
        for (long id : logs) {
            Memtable memtable = new Memtable(id);
            try {
                LogScan scan = LogScanner.scan(logDirectory.path(), store, id,
                        (version, batch) -> take(memtable, version, batch, expected, missing));
                if (scan.damage() != null) {
                    missing.put(expected[0], FileNames.wal(logDirectory.path(), id) + " is damaged at offset "
                            + scan.damage().offset() + ": " + scan.damage().what());
                }
            } catch (StorageException e) {
                missing.put(expected[0], e.getMessage());
            }
            cursors.add(memtable.cursor());
            deletions.add(RangeDeletions.merge(memtable.rangeDeletions()));
            claimedEntries += memtable.entries();
        }
        missing.forEach((version, reason) -> problems.add(reason + "; commits from version " + version
                + " on that stood there or later are left out"));
    }

    /** Takes commits as long as none before them is missing, so that what is saved is a state the store once had. */
    private void take(Memtable memtable, long version, LogBatch batch, long[] expected,
            TreeMap<Long, String> missing) {
        if (version <= flushed || !missing.isEmpty()) {
            return;
        }
        if (version != expected[0]) {
            missing.put(expected[0], "commit " + expected[0] + " is missing, a log goes on with " + version);
            return;
        }
        batch.forEach((kind, data, keyAt, keyLength, cellAt, cellLength) -> {
            if (EntryKind.isKnown(kind)) {
                memtable.add(data, keyAt, keyLength, InternalKey.trailer(version, kind), data, cellAt, cellLength);
            }
        });
        expected[0]++;
        logCommits++;
        lastVersion = Math.max(lastVersion, version);
    }

    // --- what was found ---

    List<InternalCursor> cursors() {
        return cursors;
    }

    RangeDeletions rangeDeletions() {
        return RangeDeletions.merge(deletions);
    }

    ValueLog values() {
        return new ValueLog(logDirectory.path(), storeId == null ? new UUID(0, 0) : storeId, false, MAX_HANDLES);
    }

    List<RangeDeletions.Deletion> losses() {
        return losses;
    }

    List<String> problems() {
        return problems;
    }

    long claimedEntries() {
        return claimedEntries;
    }

    long lastVersion() {
        return lastVersion;
    }

    long logCommits() {
        return logCommits;
    }

    @Override
    public void close() {
        TableCache open = tables;
        if (open != null) {
            open.close();
        }
    }
}
