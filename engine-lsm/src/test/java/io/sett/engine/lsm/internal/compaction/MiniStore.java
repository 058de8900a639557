// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.api.kv.CursorOptions;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.cache.BlockCache;
import io.sett.engine.lsm.internal.codec.CompressionType;
import io.sett.engine.lsm.internal.flush.FlushJob;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.read.PointLookup;
import io.sett.engine.lsm.internal.read.ReadStats;
import io.sett.engine.lsm.internal.read.ReadView;
import io.sett.engine.lsm.internal.read.SnapshotCursor;
import io.sett.engine.lsm.internal.read.ViewCursors;
import io.sett.engine.lsm.internal.table.PinBudget;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.table.TableOptions;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.version.VersionEdit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** Memtables, tables and compaction without logs, manifest and threads. */
final class MiniStore implements AutoCloseable {

    final CompactionPolicy policy = new LeveledPolicy(new CompactionOptions(3, 3_000, 3, 1_500, 2, 0.2));
    final PointLookup lookup = new PointLookup(new ReadStats());
    final Set<Compaction.Kind> kinds = EnumSet.noneOf(Compaction.Kind.class);
    final TableCache tables;
    Version version = Version.empty();
    ReadView view;
    long lastVersion;
    long oldestReader;
    long clock = 1_000_000;
    int maxSlices = 1;
    int mostSlices;
    Executor helpers = task -> {
        throw new RejectedExecutionException("no helper");
    };

    private final Path directory;
    private final TableSequence.Place place;
    private final List<Memtable> immutables = new ArrayList<>();
    private int changes;
    private Compaction begun;
    private Version begunFrom;
    private InFlight inFlight = InFlight.NONE;
    private Memtable active = new Memtable(0);
    private final AtomicLong nextFile = new AtomicLong(1);

    MiniStore(Path directory, CompressionType codec, boolean mapping) {
        this.directory = directory;
        UUID id = new UUID(3, 4);
        tables = new TableCache(directory, id, mapping, new BlockCache<>(1 << 18), new PinBudget(1 << 16), 4);
        place = new TableSequence.Place(directory, id, nextFile::getAndIncrement,
                new TableOptions(256, codec, 1, 0.01), 8_000, () -> clock);
        newView();
    }

    private void newView() {
        ReadView before = view;
        view = ReadView.of(active, immutables, version, tables, before);
        if (before != null) {
            before.retire();
        }
    }

    long put(byte[] key, int kind, byte[] cell) {
        active.add(key, 0, key.length, InternalKey.trailer(++lastVersion, kind), cell, 0, cell.length);
        return lastVersion;
    }

    void rotate() {
        if (!active.isEmpty()) {
            immutables.add(0, active);
            active = new Memtable(lastVersion, active.commonPrefix());
            newView();
        }
    }

    void flushOldest() {
        if (!immutables.isEmpty()) {
            Memtable oldest = immutables.remove(immutables.size() - 1);
            apply(new FlushJob(oldest, place, oldestReader).run());
        }
    }

    void flushAll() {
        rotate();
        while (!immutables.isEmpty()) {
            flushOldest();
        }
    }

    boolean compactOnce() {
        Optional<Compaction> chosen = CoveredTables.pick(version, inFlight, tables, oldestReader)
                .or(() -> policy.pick(version, inFlight, horizon()));
        chosen.ifPresent(compaction -> run(compaction, version));
        return chosen.isPresent();
    }

    /** Chooses a compaction that goes on while others run, unless there is one already. */
    void beginCompaction() {
        if (begun == null) {
            begun = policy.pick(version, inFlight, horizon()).orElse(null);
            begunFrom = version;
            inFlight = begun == null ? InFlight.NONE : InFlight.NONE.with(begun);
        }
    }

    /** Runs the one that was begun, with the version from which it was chosen. */
    void endCompaction() {
        if (begun != null) {
            run(begun, begunFrom);
            begun = null;
            inFlight = InFlight.NONE;
        }
    }

    void compactUntilQuiet() {
        endCompaction();
        int limit = 2000;
        while (compactOnce()) {
            if (--limit == 0) {
                throw new IllegalStateException("compaction comes to no end");
            }
        }
    }

    void compactManually(KeyLimits range) {
        Set<Long> old = new HashSet<>();
        version.allFiles().forEach(file -> old.add(file.id()));
        CompactionPolicy.ManualStep step = policy.pickManual(version, InFlight.NONE, range, old, lastVersion);
        while (!step.done()) {
            run(step.compaction().orElseThrow(), version);
            step = policy.pickManual(version, InFlight.NONE, range, old, lastVersion);
        }
    }

    private Horizon horizon() {
        return new Horizon(oldestReader, clock);
    }

    private void run(Compaction compaction, Version from) {
        kinds.add(compaction.kind());
        CompactionJob.Result result = new CompactionJob(compaction, from,
                new CompactionJob.Setting(tables, place, 1, maxSlices, helpers), horizon(), () -> false).run();
        mostSlices = Math.max(mostSlices, result.slices());
        apply(result.edit());
    }

    private void apply(VersionEdit edit) {
        Set<Long> gone = new HashSet<>();
        edit.deletedFiles().forEach(file -> gone.add(file.id()));
        List<FileMetadata> files = new ArrayList<>(version.allFiles());
        files.removeIf(file -> gone.contains(file.id()));
        files.addAll(edit.addedFiles());
        version = Version.of(files);
        if (++changes % 25 == 0) {
            LevelInvariants.check(version, tables, "after change " + changes);
        }
        edit.addedFiles().forEach(file -> gone.remove(file.id()));
        newView();
        for (long id : gone) {
            tables.evict(id);
            StoreDirectory.delete(FileNames.table(directory, id));
        }
    }

    SnapshotCursor cursor(long snapshot, CursorOptions options) {
        return new SnapshotCursor(ViewCursors.open(view, options.range().start().orElse(null),
                options.range().end().orElse(null), true, snapshot,
                !options.allVersions() && options.sinceVersion() == 0), snapshot, options, null, () -> clock, "mini",
                () -> { });
    }

    @Override
    public void close() {
        tables.close();
    }
}
