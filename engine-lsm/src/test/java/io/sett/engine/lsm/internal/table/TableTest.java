// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.InternalStorageException;
import io.sett.api.error.StorageException;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryRef;
import io.sett.engine.lsm.internal.base.Hash64;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.base.ModelEntries;
import io.sett.engine.lsm.internal.base.Seeds;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.cache.BlockCache;
import io.sett.engine.lsm.internal.codec.ByteWriter;
import io.sett.engine.lsm.internal.codec.CompressionType;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.WritableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {

    private static final UUID STORE = new UUID(1, 2);

    @TempDir
    Path directory;
    private long nextId = 1;

    private long write(ModelEntries model, TableOptions options) {
        long id = nextId++;
        try (TableWriter writer = new TableWriter(WritableFile.create(FileNames.table(directory, id)), options, STORE,
                id, 1000)) {
            for (Map.Entry<byte[], byte[]> entry : model.entries.entrySet()) {
                byte[] key = entry.getKey();
                writer.add(key, 0, InternalKey.userKeyLength(key), InternalKey.trailer(key), entry.getValue(), 0,
                        entry.getValue().length);
            }
            TableWriter.Finished finished = writer.finish();
            assertThat(finished.size()).isEqualTo(FileNames.table(directory, id).toFile().length());
        }
        return id;
    }

    private TableCache open(boolean mapping, long cacheBytes, long pinBytes) {
        return new TableCache(directory, STORE, mapping, new BlockCache<>(cacheBytes), new PinBudget(pinBytes), 2);
    }

    @Test
    void isWhatASortedMapIs() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int round = 0; round < 24; round++) {
            ModelEntries model = ModelEntries.random(random, 1 + random.nextInt(2000), 1 + random.nextInt(12), 100);
            TableOptions options = new TableOptions(64 << random.nextInt(8), CompressionType.byId(round % 4), 1,
                    round % 5 == 0 ? 0 : 0.01);
            long id = write(model, options);
            try (TableCache tables = open(round % 2 == 0, 1 << 16, round % 3 == 0 ? 0 : 1 << 20)) {
                String hint = Seeds.replay(seed) + " round " + round;
                InternalCursor cursor = tables.get(id).cursor(round % 4 != 0);
                model.assertMoves(cursor, random, 1500, hint);
                assertLookups(model, tables.get(id), random, hint);
            }
        }
    }

    private static void assertLookups(ModelEntries model, TableReader table, Random random, String hint) {
        EntryRef found = new EntryRef();
        for (int i = 0; i < 1500; i++) {
            byte[] key = InternalKey.userKey(model.target(random));
            long snapshot = random.nextInt(1 << 20);
            Map.Entry<byte[], byte[]> expected = model.newest(key, snapshot);
            boolean answer = table.get(key, 0, key.length, InternalKey.seekTrailer(snapshot),
                    Hash64.of(key, 0, key.length), found);
            assertThat(answer).as(hint).isEqualTo(expected != null);
            if (answer) {
                assertThat(found.trailer()).as(hint).isEqualTo(InternalKey.trailer(expected.getKey()));
                assertThat(Arrays.copyOfRange(found.cellArray(), found.cellOffset(),
                        found.cellOffset() + found.cellLength())).as(hint).isEqualTo(expected.getValue());
            }
        }
    }

    @Test
    void findsKeysWhoseFirstBytesBehindThePrefixAreTheSame() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        ModelEntries model = new ModelEntries();
        String[] heads = {"", "a", "aaaaaaa", "aaaaaaaa", "aaaaaaab",
            "\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f"};
        for (int i = 0; i < 1500; i++) {
            String key = heads[random.nextInt(heads.length)] + "aaab".substring(random.nextInt(4))
                    + random.nextInt(300);
            model.entries.put(InternalKey.encode(key.getBytes(StandardCharsets.US_ASCII), 1 + random.nextInt(3), 1),
                    ValueCell.encode((byte) 0, 0, new byte[] {(byte) i}));
        }
        for (int blockSize : new int[] {128, 1024, 65536}) {
            long id = write(model, TableOptions.DEFAULTS.withBlockSize(blockSize));
            try (TableCache tables = open(true, 1 << 20, 1 << 20)) {
                model.assertMoves(tables.get(id).cursor(true), random, 2000, Seeds.replay(seed));
                assertLookups(model, tables.get(id), random, Seeds.replay(seed));
            }
        }
    }

    @Test
    void manyVersionsOfOneKeyStraddleBlocks() {
        ModelEntries model = new ModelEntries();
        for (String key : new String[] {"a", "b", "ba", "c"}) {
            for (int version = 1; version <= 500; version++) {
                model.entries.put(InternalKey.encode(key.getBytes(StandardCharsets.US_ASCII), version, 1),
                        ValueCell.encode((byte) 0, 0, (key + version).getBytes(StandardCharsets.US_ASCII)));
            }
        }
        long id = write(model, TableOptions.DEFAULTS.withBlockSize(128));
        try (TableCache tables = open(true, 1 << 20, 1 << 20)) {
            EntryRef found = new EntryRef();
            for (String text : new String[] {"a", "b", "ba", "c"}) {
                byte[] key = text.getBytes(StandardCharsets.US_ASCII);
                for (int snapshot = 0; snapshot <= 501; snapshot++) {
                    boolean answer = tables.get(id).get(key, 0, key.length, InternalKey.seekTrailer(snapshot),
                            Hash64.of(key, 0, key.length), found);
                    assertThat(answer).isEqualTo(snapshot > 0);
                    assertThat(!answer || found.version() == Math.min(snapshot, 500)).isTrue();
                }
            }
        }
    }

    @Test
    void propertiesTellWhatIsInside() {
        ModelEntries model = new ModelEntries();
        model.entries.put(InternalKey.encode(new byte[] {'a'}, 9, 1), ValueCell.encode((byte) 0, 500, new byte[3]));
        model.entries.put(InternalKey.encode(new byte[] {'b'}, 4, 0), Bytes.EMPTY);
        model.entries.put(InternalKey.encode(new byte[] {'c', 'c'}, 6, 1),
                ValueCell.encode((byte) 0, 900, new byte[0]));
        long id = write(model, TableOptions.DEFAULTS);
        try (TableCache tables = open(true, 0, 0)) {
            TableProperties properties = tables.get(id).properties();
            assertThat(properties.smallest()).isEqualTo(model.entries.firstKey());
            assertThat(properties.largest()).isEqualTo(model.entries.lastKey());
            assertThat(properties.entries()).isEqualTo(3);
            assertThat(properties.tombstones()).isEqualTo(1);
            assertThat(properties.minVersion()).isEqualTo(4);
            assertThat(properties.maxVersion()).isEqualTo(9);
            assertThat(properties.expiring()).isEqualTo(2);
            assertThat(properties.minExpiry()).isEqualTo(500);
            assertThat(properties.maxExpiry()).isEqualTo(900);
            assertThat(properties.rawKeyBytes()).isEqualTo(4);
            assertThat(properties.createdAt()).isEqualTo(1000);
        }
    }

    @Test
    void blockFormatIsPinned() {
        BlockWriter writer = new BlockWriter();
        byte[] value = {0, 'x'};
        writer.add("keyA".getBytes(StandardCharsets.US_ASCII), 0, 4, InternalKey.trailer(259, 1), value, 0, 2);
        writer.add("keyA".getBytes(StandardCharsets.US_ASCII), 0, 4, InternalKey.trailer(3, 0), value, 0, 0);
        writer.add("keyBB".getBytes(StandardCharsets.US_ASCII), 0, 5, InternalKey.trailer(4, 1), value, 0, 1);
        ByteWriter out = new ByteWriter(64);
        writer.finish(out);
        assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo("03000000" + "03000000" + "0300000000000000"
                + "02" + "02" + "0000" + "6b6579" + "0000" + "0800" + "0e00"
                + "01" + "02" + "01" + "0001" + "41" + "0078"
                + "01" + "00" + "00" + "0000" + "41"
                + "02" + "01" + "01" + "0100" + "4242" + "00");
    }

    @Test
    void fileFormatIsPinned() throws IOException {
        ModelEntries model = new ModelEntries();
        model.entries.put(InternalKey.encode(new byte[] {'k'}, 1, 1), ValueCell.encode((byte) 0, 0, new byte[] {'v'}));
        long id = write(model, TableOptions.DEFAULTS.withCompression(CompressionType.NONE));
        byte[] bytes = Files.readAllBytes(FileNames.table(directory, id));
        String hex = HexFormat.of().formatHex(bytes);
        assertThat(hex).startsWith("534554545441424c01000000");
        // Data block: one entry, prefix "k", version 1, no version width, offset 0.
        assertThat(hex.substring(128, 128 + 62)).isEqualTo("01000000" + "01000000" + "0100000000000000" + "00" + "02"
                + "0000" + "6b" + "0000" + "00" + "02" + "01" + "0076" + "00"
                + hex.substring(128 + 58, 128 + 62));
        assertThat(hex).endsWith(HexFormat.of().formatHex("SETTTEND".getBytes(StandardCharsets.US_ASCII)));
        assertThat(Bytes.getLong(bytes, bytes.length - 24)).isEqualTo(bytes.length);
    }

    @Test
    void everyDamagedByteIsFoundOrHarmless() throws IOException {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (CompressionType type : CompressionType.values()) {
            ModelEntries model = ModelEntries.random(random, 10, 6, 20);
            long id = write(model, new TableOptions(64, type, 1, 0.01));
            Path path = FileNames.table(directory, id);
            byte[] bytes = Files.readAllBytes(path);
            int found = 0;
            int tried = 0;
            // Each byte for the codecs of our own; the others differ in the data blocks only.
            int step = type == CompressionType.NONE || type == CompressionType.SNAPPY ? 1 : 7;
            for (int at = 0; at < bytes.length; at += step) {
                tried++;
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(path, damaged);
                try (TableCache tables = open(at % 16 == 0, 1 << 16, 1 << 20)) {
                    readAll(model, tables.get(id), Seeds.replay(seed) + " byte " + at + " of " + type);
                } catch (StorageException e) {
                    assertThat(e).isInstanceOf(CorruptionException.class);
                    assertThat(e.getMessage()).contains(path.getFileName().toString());
                    found++;
                }
            }
            assertThat(found).as(type.name()).isEqualTo(tried);
            Files.write(path, bytes);
        }
    }

    private static void readAll(ModelEntries model, TableReader table, String hint) {
        assertThat(table.properties().entries()).as(hint).isEqualTo(model.entries.size());
        InternalCursor cursor = table.cursor(true);
        boolean answer = cursor.first();
        for (Map.Entry<byte[], byte[]> entry : model.entries.entrySet()) {
            ModelEntries.assertAt(cursor, answer, entry, hint);
            answer = cursor.next();
        }
        byte[] key = InternalKey.userKey(model.entries.firstKey());
        table.get(key, 0, key.length, InternalKey.FIRST_TRAILER, Hash64.of(key, 0, key.length), new EntryRef());
    }

    @Test
    void cutFilesAreFound() throws IOException {
        ModelEntries model = ModelEntries.random(new Random(5), 8, 8, 20);
        long id = write(model, TableOptions.DEFAULTS);
        Path path = FileNames.table(directory, id);
        byte[] bytes = Files.readAllBytes(path);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(path, Arrays.copyOf(bytes, length));
            try (TableCache tables = open(true, 0, 0)) {
                assertThatThrownBy(() -> tables.get(id)).isInstanceOf(CorruptionException.class);
            }
        }
    }

    @Test
    void filterErrsAtMostAThirdMoreThanAskedFor() {
        for (double target : new double[] {0.1, 0.01, 0.001}) {
            int keys = 50_000;
            long[] hashes = new long[keys];
            byte[] key = new byte[8];
            for (int i = 0; i < keys; i++) {
                Bytes.putLong(key, 0, i);
                hashes[i] = Hash64.of(key, 0, 8);
            }
            byte[] data = Filter.build(hashes, keys, target);
            Filter filter = parse(data);
            int errors = 0;
            int probes = 1_000_000;
            for (int i = 0; i < probes; i++) {
                Bytes.putLong(key, 0, 1_000_000L + i);
                errors += filter.mayContain(Hash64.of(key, 0, 8)) ? 1 : 0;
            }
            for (long hash : hashes) {
                assertThat(filter.mayContain(hash)).isTrue();
            }
            assertThat((double) errors / probes).as("rate for target %s with %s bits per key", target,
                    data.length * 8.0 / keys).isLessThanOrEqualTo(target * 1.3);
        }
    }

    private static Filter parse(byte[] data) {
        try {
            return Filter.parse(data, data.length);
        } catch (MalformedBlockException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void incompressibleBlocksAreStoredRaw() throws IOException {
        Random random = new Random(3);
        ModelEntries model = new ModelEntries();
        for (int i = 0; i < 100; i++) {
            model.entries.put(InternalKey.encode(Seeds.bytes(random, 16), 1, 1),
                    ValueCell.encode((byte) 0, 0, Seeds.bytes(random, 500)));
        }
        long raw = Files.size(FileNames.table(directory, write(model,
                TableOptions.DEFAULTS.withCompression(CompressionType.NONE))));
        for (CompressionType type : CompressionType.values()) {
            long size = Files.size(FileNames.table(directory, write(model,
                    TableOptions.DEFAULTS.withCompression(type))));
            assertThat(size).as(type.name()).isBetween(raw - 400, raw);
        }
    }

    @Test
    void longestKeysAndLargeValuesFit() {
        ModelEntries model = new ModelEntries();
        for (int length : new int[] {1, 2, 127, 128, Limits.MAX_KEY_LENGTH - 1, Limits.MAX_KEY_LENGTH}) {
            byte[] key = new byte[length];
            Arrays.fill(key, (byte) 0xff);
            model.entries.put(InternalKey.encode(key, Limits.MAX_VERSION, 1),
                    ValueCell.encode((byte) 1, Long.MAX_VALUE, new byte[length * 8]));
            model.entries.put(InternalKey.encode(key, 0, 0), Bytes.EMPTY);
        }
        long id = write(model, TableOptions.DEFAULTS);
        try (TableCache tables = open(true, 1 << 20, 1 << 20)) {
            model.assertMoves(tables.get(id).cursor(true), new Random(1), 200, "longest keys");
        }
    }

    @Test
    void wrongOrderAndEmptyTablesAreBugs() {
        Path path = FileNames.table(directory, 77);
        try (TableWriter writer = new TableWriter(WritableFile.create(path), TableOptions.DEFAULTS, STORE, 77, 0)) {
            assertThatThrownBy(writer::finish).isInstanceOf(InternalStorageException.class);
            writer.add(new byte[] {'b'}, 0, 1, InternalKey.trailer(5, 1), new byte[1], 0, 1);
            assertThatThrownBy(() -> writer.add(new byte[] {'b'}, 0, 1, InternalKey.trailer(6, 1), new byte[1], 0, 1))
                    .isInstanceOf(InternalStorageException.class).hasMessageContaining("does not lie behind");
            assertThatThrownBy(() -> writer.add(new byte[] {'a'}, 0, 1, InternalKey.trailer(5, 1), new byte[1], 0, 1))
                    .isInstanceOf(InternalStorageException.class);
        }
    }

    @Test
    void aForeignTableIsRefused() throws IOException {
        long id = write(ModelEntries.random(new Random(1), 10, 5, 5), TableOptions.DEFAULTS);
        Files.copy(FileNames.table(directory, id), FileNames.table(directory, 99));
        try (TableCache tables = open(true, 0, 0)) {
            assertThatThrownBy(() -> tables.get(99)).hasMessageContaining("file number 1, not 99");
        }
        try (TableCache other = new TableCache(directory, new UUID(9, 9), true, new BlockCache<>(0), new PinBudget(0),
                1)) {
            assertThatThrownBy(() -> other.get(id)).hasMessageContaining("belongs to store");
        }
    }

    @Test
    void sequenceSplitsBetweenKeysOnlyAndDeletesWhatWasNotFinished() throws IOException {
        ModelEntries model = ModelEntries.random(new Random(8), 3000, 3, 200);
        TableSequence.Place place = new TableSequence.Place(directory, STORE, () -> nextId++, TableOptions.DEFAULTS,
                20_000, () -> 5L);
        try (TableSequence tables = new TableSequence(place); InternalCursor cursor = model.cursor()) {
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                tables.add(cursor);
            }
            var outputs = tables.finish();
            assertThat(outputs).hasSizeGreaterThan(2);
            for (int i = 1; i < outputs.size(); i++) {
                assertThat(InternalKey.compareUserKeys(outputs.get(i - 1).properties().largest(),
                        outputs.get(i).properties().smallest())).isNegative();
            }
            assertThat(outputs.stream().mapToLong(output -> output.properties().entries()).sum())
                    .isEqualTo(model.entries.size());
        }
        long before;
        try (var files = Files.list(directory)) {
            before = files.count();
        }
        try (TableSequence tables = new TableSequence(place); InternalCursor cursor = model.cursor()) {
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                tables.add(cursor);
            }
        }
        try (var files = Files.list(directory)) {
            assertThat(files.count()).isEqualTo(before);
        }
    }
}
