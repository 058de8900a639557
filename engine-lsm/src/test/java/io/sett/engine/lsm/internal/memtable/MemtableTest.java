// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.memtable;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryRef;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ModelEntries;
import io.sett.engine.lsm.internal.base.Seeds;
import io.sett.engine.lsm.internal.base.ValueCell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MemtableTest {

    private static void fill(Memtable memtable, ModelEntries model, Random random, boolean sorted) {
        List<Map.Entry<byte[], byte[]>> entries = new ArrayList<>(model.entries.entrySet());
        if (!sorted) {
            Collections.shuffle(entries, random);
        }
        for (Map.Entry<byte[], byte[]> entry : entries) {
            byte[] key = entry.getKey();
            memtable.add(key, 0, InternalKey.userKeyLength(key), InternalKey.trailer(key), entry.getValue(), 0,
                    entry.getValue().length);
        }
    }

    @Test
    void isWhatASortedMapIs() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            ModelEntries model = ModelEntries.random(random, 1 + random.nextInt(3000), 1 + random.nextInt(12), 50);
            byte[] prefix = round % 3 == 0 ? Bytes.EMPTY : Seeds.key(random, 3);
            Memtable memtable = new Memtable(1, prefix);
            fill(memtable, model, random, round % 2 == 0);
            assertThat(memtable.entries()).isEqualTo(model.entries.size());
            try (InternalCursor cursor = memtable.cursor()) {
                model.assertMoves(cursor, random, 3000, Seeds.replay(seed));
            }
            EntryRef found = new EntryRef();
            for (int i = 0; i < 1000; i++) {
                byte[] key = InternalKey.userKey(model.target(random));
                long snapshot = random.nextInt(1 << 20);
                Map.Entry<byte[], byte[]> expected = model.newest(key, snapshot);
                boolean answer = memtable.get(key, 0, key.length, InternalKey.seekTrailer(snapshot), found);
                assertThat(answer).as(Seeds.replay(seed)).isEqualTo(expected != null);
                if (answer) {
                    assertThat(found.trailer()).isEqualTo(InternalKey.trailer(expected.getKey()));
                    assertThat(Arrays.copyOfRange(found.cellArray(), found.cellOffset(),
                            found.cellOffset() + found.cellLength())).isEqualTo(expected.getValue());
                }
            }
        }
    }

    @Test
    void findsEachOfManyVersionsWhateverTheirOrder() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        Memtable memtable = new Memtable(1, Bytes.EMPTY, 10);
        List<Integer> versions = new ArrayList<>();
        for (int version = 2; version <= 400; version += 2) {
            versions.add(version);
        }
        Collections.shuffle(versions, random);
        byte[][] keys = {{7}, {7, 0}, {7, 1}, {8}};
        for (int version : versions) {
            for (byte[] key : keys) {
                memtable.add(key, 0, key.length, InternalKey.trailer(version, 1), new byte[] {0, (byte) version}, 0, 2);
            }
        }
        EntryRef found = new EntryRef();
        for (byte[] key : keys) {
            for (int snapshot = 2; snapshot <= 401; snapshot++) {
                assertThat(memtable.get(key, 0, key.length, InternalKey.seekTrailer(snapshot), found))
                        .as(Seeds.replay(seed)).isTrue();
                assertThat(found.version()).as(Seeds.replay(seed)).isEqualTo(snapshot & ~1);
            }
            assertThat(memtable.get(key, 0, key.length, InternalKey.seekTrailer(1), found)).isFalse();
        }
        byte[] absent = {7, 0, 0};
        assertThat(memtable.get(absent, 0, absent.length, InternalKey.FIRST_TRAILER, found)).isFalse();
    }

    @Test
    void staysSortedBeyondTheFirstThousandsWhateverTheOrder() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        byte[][] prefixes = {Bytes.EMPTY, {9, 9, 9, 9, 9, 9, 9, 9, 9}, {9}, {1, 2, 3}};
        for (int round = 0; round < 8; round++) {
            Memtable memtable = new Memtable(1, prefixes[round % prefixes.length]);
            ModelEntries model = new ModelEntries();
            byte[] common = Seeds.bytes(random, round % 3 * 6);
            for (int i = 0; i < 12_000; i++) {
                int number = switch (round % 4) {
                    case 0 -> random.nextInt(1 << 20);
                    case 1 -> i % 2 == 0 ? i : 1_000_000 - i;
                    case 2 -> random.nextInt(20);
                    default -> i < 1500 ? i : random.nextInt(1 << 24);
                };
                byte[] key = Arrays.copyOf(common, common.length + 4);
                Bytes.putInt(key, common.length, Integer.reverseBytes(number));
                byte[] flat = InternalKey.encode(key, i + 1, 1);
                byte[] cell = {0, (byte) i};
                model.entries.put(flat, cell);
                memtable.add(key, 0, key.length, InternalKey.trailer(flat), cell, 0, cell.length);
            }
            try (InternalCursor cursor = memtable.cursor()) {
                model.assertMoves(cursor, random, 3000, Seeds.replay(seed) + " round " + round);
                boolean more = cursor.first();
                for (byte[] flat : model.entries.keySet()) {
                    assertThat(more).isTrue();
                    assertThat(cursor.internalKey()).as(Seeds.replay(seed) + " round " + round).isEqualTo(flat);
                    more = cursor.next();
                }
                assertThat(more).isFalse();
            }
        }
    }

    @Test
    void aCursorFromBeforeThePrefixWasLearnedSeesWhatItsVersionSaw() {
        Memtable memtable = new Memtable(1);
        byte[] key = "a-rather-long-prefix-0000".getBytes(StandardCharsets.US_ASCII);
        int entries = 0;
        for (; entries < 1000; entries++) {
            Bytes.putInt(key, key.length - 4, Integer.reverseBytes(entries));
            memtable.add(key, 0, key.length, InternalKey.trailer(entries + 1, 1), new byte[] {0}, 0, 1);
        }
        try (InternalCursor before = memtable.cursor()) {
            assertThat(before.first()).isTrue();
            for (; entries < 3000; entries++) {
                Bytes.putInt(key, key.length - 4, Integer.reverseBytes(entries));
                memtable.add(key, 0, key.length, InternalKey.trailer(entries + 1, 1), new byte[] {0}, 0, 1);
            }
            int seen = 1;
            while (before.next()) {
                seen += InternalKey.version(before.trailer()) <= 1000 ? 1 : 0;
            }
            assertThat(seen).isEqualTo(1000);
        }
        try (InternalCursor after = memtable.cursor()) {
            int seen = 0;
            for (boolean more = after.first(); more; more = after.next()) {
                seen++;
            }
            assertThat(seen).isEqualTo(3000);
        }
    }

    @Test
    void findsAllKeysAsItsIndexGrows() {
        Memtable memtable = new Memtable(1);
        EntryRef found = new EntryRef();
        for (int i = 0; i < 5000; i++) {
            byte[] key = new byte[4];
            Bytes.putInt(key, 0, i * 7919);
            memtable.add(key, 0, 4, InternalKey.trailer(i + 1, 1), new byte[] {0}, 0, 1);
            if (Integer.bitCount(i) == 1 || i % 1000 == 0) {
                for (int j = 0; j <= i; j++) {
                    Bytes.putInt(key, 0, j * 7919);
                    assertThat(memtable.get(key, 0, 4, InternalKey.FIRST_TRAILER, found)).isTrue();
                    assertThat(found.version()).isEqualTo(j + 1);
                }
            }
        }
    }

    @Test
    void countsBytesVersionsAndTombstones() {
        Memtable memtable = new Memtable(3);
        assertThat(memtable.isEmpty()).isTrue();
        assertThat(memtable.maxVersion()).isZero();
        long empty = memtable.bytes();
        byte[] key = {'p', 'k', '1'};
        memtable.add(key, 0, 3, InternalKey.trailer(5, 1), (byte) 9, 77, new byte[1000], 0, 1000);
        memtable.add(new byte[] {'p', 'k', '2'}, 0, 3, InternalKey.trailer(7, 0), Bytes.EMPTY, 0, 0);
        assertThat(memtable.entries()).isEqualTo(2);
        assertThat(memtable.tombstones()).isEqualTo(1);
        assertThat(memtable.minVersion()).isEqualTo(5);
        assertThat(memtable.maxVersion()).isEqualTo(7);
        assertThat(memtable.bytes()).isGreaterThan(empty + 1000);
        assertThat(memtable.commonPrefix()).isEqualTo(new byte[] {'p', 'k'});
        EntryRef found = new EntryRef();
        assertThat(memtable.get(key, 0, 3, InternalKey.seekTrailer(6), found)).isTrue();
        ValueCell cell = new ValueCell();
        assertThat(cell.parse(found.cellArray(), found.cellOffset(), found.cellLength())).isTrue();
        assertThat(cell.userMeta()).isEqualTo((byte) 9);
        assertThat(cell.expiresAt()).isEqualTo(77);
        assertThat(cell.payloadLength()).isEqualTo(1000);
        assertThat(memtable.get(key, 0, 3, InternalKey.seekTrailer(4), found)).isFalse();
    }

    @Test
    void largeAndManyEntriesFit() {
        Memtable memtable = new Memtable(1);
        byte[] big = new byte[3 << 20];
        Arrays.fill(big, (byte) 3);
        EntryRef found = new EntryRef();
        for (int i = 0; i < 20_000; i++) {
            byte[] key = new byte[4];
            Bytes.putInt(key, 0, i * 0x9E3779B9);
            memtable.add(key, 0, 4, InternalKey.trailer(1, 1), big, 0, i % 2000 == 0 ? big.length : i % 300);
        }
        for (int i = 0; i < 20_000; i++) {
            byte[] key = new byte[4];
            Bytes.putInt(key, 0, i * 0x9E3779B9);
            assertThat(memtable.get(key, 0, 4, InternalKey.seekTrailer(9), found)).isTrue();
            assertThat(found.cellLength()).isEqualTo(i % 2000 == 0 ? big.length : i % 300);
        }
    }

    @Test
    void readersRunBesideTheWriter() throws InterruptedException {
        long seed = Seeds.next();
        Memtable memtable = new Memtable(1);
        AtomicLong published = new AtomicLong();
        AtomicReference<String> wrong = new AtomicReference<>();
        int total = 60_000;
        List<Thread> readers = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            Random random = new Random(seed + t);
            Thread reader = new Thread(() -> {
                while (published.get() < total && wrong.get() == null) {
                    check(memtable, published.get(), random, wrong);
                }
            });
            readers.add(reader);
            reader.start();
        }
        for (int i = 1; i <= total; i++) {
            byte[] key = key(i);
            memtable.add(key, 0, 8, InternalKey.trailer(i, 1), key, 0, 8);
            published.set(i);
        }
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(wrong.get()).as(Seeds.replay(seed)).isNull();
    }

    private static byte[] key(long i) {
        byte[] key = new byte[8];
        Bytes.putLongBE(key, 0, i * 0x9E3779B97F4A7C15L);
        return key;
    }

    /** All that was published is found, walking on and back shows an ascending, complete sequence. */
    private static void check(Memtable memtable, long published, Random random, AtomicReference<String> wrong) {
        if (published == 0) {
            return;
        }
        byte[] key = key(1 + (long) (random.nextDouble() * published));
        if (!memtable.get(key, 0, 8, InternalKey.seekTrailer(published), new EntryRef())) {
            wrong.set("a published entry is missing");
        }
        InternalCursor cursor = memtable.cursor();
        cursor.seek(key, 0, 8, InternalKey.FIRST_TRAILER);
        byte[] before = cursor.internalKey();
        boolean down = random.nextBoolean();
        for (int i = 0; i < 200 && (down ? cursor.prev() : cursor.next()); i++) {
            byte[] now = cursor.internalKey();
            if (InternalKey.compare(before, now) < 0 == down) {
                wrong.set("entries are out of order");
            }
            before = now;
        }
    }
}
