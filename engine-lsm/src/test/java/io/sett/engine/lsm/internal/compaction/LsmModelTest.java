// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.kv.CursorOptions;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.EntryRef;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ModelEntries;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.base.Seeds;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.codec.CompressionType;
import io.sett.engine.lsm.internal.read.SnapshotCursor;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine below commit, single-threaded, against a sorted map, with tiny tables and many levels. */
class LsmModelTest {

    @TempDir
    Path directory;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void end() {
        threads.shutdown();
    }

    @Test
    void readersSeeTheModelWhateverIsFlushedAndCompacted() throws Exception {
        long seed = Seeds.next();
        Random random = new Random(seed);
        Set<Compaction.Kind> kinds = EnumSet.noneOf(Compaction.Kind.class);
        int rounds = Boolean.getBoolean("sett.stress") ? 200 : 3;
        int slices = 0;
        for (int round = 0; round < rounds; round++) {
            Path home = Files.createDirectory(directory.resolve("r" + round));
            CompressionType codec = CompressionType.byId(round % 4);
            try (MiniStore store = new MiniStore(home, codec, round % 2 == 0)) {
                store.maxSlices = 1 + round % 3;
                store.helpers = threads;
                run(store, random, Seeds.replay(seed) + " round " + round, 2500);
                kinds.addAll(store.kinds);
                slices = Math.max(slices, store.mostSlices);
            }
        }
        assertThat(kinds).as(Seeds.replay(seed)).containsExactlyInAnyOrder(Compaction.Kind.values());
        assertThat(slices).as(Seeds.replay(seed)).isGreaterThan(1);
    }

    private static void run(MiniStore store, Random random, String hint, int operations) {
        ModelEntries model = new ModelEntries();
        TreeMap<Long, Integer> snapshots = new TreeMap<>();
        for (int i = 1; i <= operations; i++) {
            write(store, model, random);
            int action = random.nextInt(100);
            if (action < 3) {
                store.rotate();
            } else if (action < 6) {
                store.flushOldest();
            } else if (action < 8) {
                store.compactOnce();
            } else if (action < 9) {
                store.beginCompaction();
            } else if (action == 20) {
                store.endCompaction();
            } else if (action < 11) {
                snapshots.merge(store.lastVersion, 1, Integer::sum);
            } else if (action < 13 && !snapshots.isEmpty()) {
                snapshots.pollFirstEntry();
            } else if (action == 21 && random.nextInt(10) == 0) {
                snapshots.clear();
                store.oldestReader = store.lastVersion;
                store.flushAll();
                store.compactUntilQuiet();
            } else if (action < 14) {
                store.clock += 50;
            }
            store.oldestReader = snapshots.isEmpty() ? store.lastVersion : snapshots.firstKey();
            if (random.nextInt(20) == 0) {
                long snapshot = snapshots.isEmpty() || random.nextBoolean() ? store.lastVersion : snapshots.firstKey();
                check(store, model, snapshot, random, hint);
            }
        }
        store.flushAll();
        store.compactUntilQuiet();
        for (long snapshot : snapshots.keySet()) {
            check(store, model, snapshot, random, hint);
        }
        check(store, model, store.lastVersion, random, hint);
        store.compactManually(KeyLimits.ALL);
        store.compactManually(KeyLimits.ALL);
        check(store, model, store.lastVersion, random, hint);
    }

    private static void write(MiniStore store, ModelEntries model, Random random) {
        byte[] key = Seeds.key(random, 3);
        if (random.nextInt(150) == 0) {
            byte[] end = Seeds.key(random, 3);
            long version = store.put(key, EntryKind.RANGE_DELETE, end);
            model.ranges.add(new RangeDeletions.Deletion(key, end, version));
            return;
        }
        boolean delete = random.nextInt(3) == 0;
        byte[] cell = delete ? Bytes.EMPTY : ValueCell.encode((byte) random.nextInt(2), random.nextInt(5) == 0
                ? store.clock + random.nextInt(2000) : 0, Seeds.bytes(random, random.nextInt(60)));
        long version = store.put(key, delete ? EntryKind.DELETE : EntryKind.PUT, cell);
        model.entries.put(InternalKey.encode(key, version, delete ? EntryKind.DELETE : EntryKind.PUT), cell);
    }

    private static void check(MiniStore store, ModelEntries model, long snapshot, Random random, String hint) {
        EntryRef entry = new EntryRef();
        ValueCell cell = new ValueCell();
        for (int i = 0; i < 40; i++) {
            byte[] key = Seeds.key(random, 3);
            byte[] expected = value(model.shown(key, snapshot), store.clock);
            Clock clock = Clock.fixed(Instant.ofEpochMilli(store.clock), ZoneOffset.UTC);
            boolean found = store.lookup.value(store.view, key, 0, key.length, snapshot, clock, entry, cell);
            byte[] actual = found ? Arrays.copyOfRange(cell.array(), cell.payloadOffset(),
                    cell.payloadOffset() + cell.payloadLength()) : null;
            assertThat(actual).as(hint + " key " + Arrays.toString(key) + " at " + snapshot).isEqualTo(expected);
        }
        TreeMap<byte[], byte[]> shown = new TreeMap<>(Arrays::compareUnsigned);
        for (byte[] flat : model.entries.keySet()) {
            byte[] key = InternalKey.userKey(flat);
            byte[] value = value(model.shown(key, snapshot), store.clock);
            if (value != null) {
                shown.put(key, value);
            }
        }
        boolean reverse = random.nextBoolean();
        try (SnapshotCursor cursor = store.cursor(snapshot, CursorOptions.defaults().withReverse(reverse))) {
            for (Map.Entry<byte[], byte[]> expected : (reverse ? shown.descendingMap() : shown).entrySet()) {
                assertThat(cursor.next()).as(hint).isTrue();
                assertThat(cursor.key()).as(hint).isEqualTo(expected.getKey());
                assertThat(cursor.value()).as(hint).isEqualTo(expected.getValue());
            }
            assertThat(cursor.next()).as(hint).isFalse();
        }
    }

    private static byte[] value(Map.Entry<byte[], byte[]> entry, long now) {
        ValueCell cell = new ValueCell();
        if (entry == null || InternalKey.kind(InternalKey.trailer(entry.getKey())) == EntryKind.DELETE
                || !cell.parse(entry.getValue(), 0, entry.getValue().length) || cell.isExpired(now)) {
            return null;
        }
        return Arrays.copyOfRange(cell.array(), cell.payloadOffset(), cell.payloadOffset() + cell.payloadLength());
    }

    @Test
    void whatIsOnlyDeletedDisappearsWithoutAManualCall() throws Exception {
        try (MiniStore store = new MiniStore(directory, CompressionType.SNAPPY, true)) {
            fill(store, 3000, EntryKind.PUT);
            store.compactUntilQuiet();
            assertThat(store.version.totalBytes()).isPositive();
            fill(store, 3000, EntryKind.DELETE);
            store.compactUntilQuiet();
            assertThat(store.version.fileCount()).isZero();
            try (var files = Files.list(directory)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void aSnapshotKeepsWhatWasDeletedAfterIt() throws Exception {
        try (MiniStore store = new MiniStore(directory, CompressionType.NONE, true)) {
            fill(store, 500, EntryKind.PUT);
            long snapshot = store.lastVersion;
            fill(store, 500, EntryKind.DELETE);
            store.oldestReader = snapshot;
            store.compactUntilQuiet();
            int seen = 0;
            try (SnapshotCursor cursor = store.cursor(snapshot, CursorOptions.defaults())) {
                while (cursor.next()) {
                    seen++;
                }
            }
            assertThat(seen).isEqualTo(500);
            try (SnapshotCursor cursor = store.cursor(store.lastVersion, CursorOptions.defaults())) {
                assertThat(cursor.next()).isFalse();
            }
            store.oldestReader = store.lastVersion;
            store.compactUntilQuiet();
            assertThat(store.version.fileCount()).isZero();
        }
    }

    @Test
    void manualCompactionLeavesOneLevelWithoutGarbage() throws Exception {
        try (MiniStore store = new MiniStore(directory, CompressionType.SNAPPY, true)) {
            for (int round = 0; round < 6; round++) {
                fill(store, 800, EntryKind.PUT);
            }
            store.compactManually(KeyLimits.ALL);
            int used = 0;
            for (int level = 0; level < Version.LEVELS; level++) {
                used += store.version.files(level).isEmpty() ? 0 : 1;
            }
            assertThat(used).isOne();
            assertThat(store.version.allFiles().stream().mapToLong(FileMetadata::entries).sum()).isEqualTo(800);
            List<FileMetadata> before = store.version.allFiles();
            store.compactManually(new KeyLimits(new byte[] {(byte) 0xf0}, new byte[] {(byte) 0xf1}));
            assertThat(store.version.allFiles()).isEqualTo(before);
        }
    }

    @Test
    void aDeletedRangeFreesItsTablesUnreadAndDisappears() throws Exception {
        try (MiniStore store = new MiniStore(directory, CompressionType.NONE, true)) {
            fill(store, 3000, EntryKind.PUT);
            store.compactUntilQuiet();
            long snapshot = store.lastVersion;
            store.put(new byte[] {0}, EntryKind.RANGE_DELETE, new byte[] {1});
            store.oldestReader = snapshot;
            store.flushAll();
            store.compactUntilQuiet();
            assertThat(count(store, snapshot)).isEqualTo(3000);
            assertThat(count(store, store.lastVersion)).isZero();
            store.oldestReader = store.lastVersion;
            store.kinds.clear();
            long blocks = store.tables.stats().blockReads();
            assertThat(store.compactOnce()).isTrue();
            assertThat(store.kinds).containsExactly(Compaction.Kind.DROP);
            assertThat(store.tables.stats().blockReads()).isEqualTo(blocks);
            store.compactUntilQuiet();
            assertThat(store.version.fileCount()).isZero();
        }
    }

    @Test
    void aScanJumpsOverADeletedRangeWithoutOpeningItsTables() throws Exception {
        try (MiniStore store = new MiniStore(directory, CompressionType.NONE, true)) {
            fill(store, 3000, EntryKind.PUT);
            store.compactUntilQuiet();
            byte[] from = {0, 0, 0, 10};
            byte[] to = {0, 0, 11, (byte) 0xae};
            store.put(from, EntryKind.RANGE_DELETE, to);
            long blocks = store.tables.stats().blockReads();
            assertThat(count(store, store.lastVersion)).isEqualTo(10 + 3000 - 0xbae);
            assertThat(store.tables.stats().blockReads() - blocks).isLessThan(20);
            try (SnapshotCursor cursor = store.cursor(store.lastVersion, CursorOptions.defaults().withReverse(true))) {
                assertThat(cursor.seek(new byte[] {0, 0, 5})).isTrue();
                assertThat(cursor.key()).isEqualTo(new byte[] {0, 0, 0, 9});
                assertThat(cursor.prev()).isTrue();
                assertThat(cursor.key()).isEqualTo(to);
            }
        }
    }

    private static int count(MiniStore store, long snapshot) {
        int seen = 0;
        try (SnapshotCursor cursor = store.cursor(snapshot, CursorOptions.defaults())) {
            while (cursor.next()) {
                seen++;
            }
        }
        return seen;
    }

    private static void fill(MiniStore store, int keys, int kind) {
        for (int i = 0; i < keys; i++) {
            byte[] key = new byte[4];
            Bytes.putInt(key, 0, Integer.reverseBytes(i));
            store.put(key, kind, kind == EntryKind.DELETE ? Bytes.EMPTY : ValueCell.encode((byte) 0, 0, new byte[30]));
            if (i % 100 == 99) {
                store.rotate();
            }
        }
        store.oldestReader = store.lastVersion;
        store.flushAll();
    }
}
