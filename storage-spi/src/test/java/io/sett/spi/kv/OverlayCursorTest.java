// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import static io.sett.spi.kv.TestKeys.bytes;
import static io.sett.spi.kv.TestKeys.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import io.sett.api.error.ClosedException;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVEntry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OverlayCursorTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_000_000), ZoneOffset.UTC);

    private enum History { NONE, ALL, SINCE }

    @Test
    void movesLikeAListOfTheMergedEntries() {
        long seed = Seeds.next("OverlayCursorTest");
        Random random = new Random(seed);
        for (int round = 0; round < 1500; round++) {
            run(random, "seed " + seed + " round " + round);
        }
    }

    private static void run(Random random, String where) {
        int keys = 1 + random.nextInt(60);
        History history = History.values()[random.nextInt(3)];
        List<KVEntry> committed = committed(random, keys, history);
        WriteSet writes = new WriteSet(TestKeys.ARGUMENTS);
        List<KVEntry> own = write(writes, random, keys);
        CursorOptions options = options(random, keys, history);
        ReadSet reads = new ReadSet();
        OverlayCursor cursor = new OverlayCursor(new ListCursor(committed, options), writes.freeze(), options, CLOCK,
                reads);
        writes.put(bytes("later"), bytes("unseen"), 0, (byte) 0);
        Cursor model = ListCursor.copyOf(merged(committed, own, options, history), options.reverse());
        TreeSet<String> universe = new TreeSet<>();
        committed.forEach(entry -> universe.add(text(entry.key())));
        own.forEach(entry -> universe.add(text(entry.key())));
        Set<String> observed = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            String before = model.isPositioned() ? text(model.key()) : null;
            move(cursor, model, random, keys, where + " move " + i);
            String after = model.isPositioned() ? text(model.key()) : null;
            if (before != null && after != null && lastMoveWasAStep) {
                String low = before.compareTo(after) < 0 ? before : after;
                observed.addAll(universe.subSet(low, true, low.equals(before) ? after : before, true));
            } else if (after != null) {
                observed.add(after);
            }
        }
        cursor.recordScan();
        for (String key : observed) {
            assertThat(reads.ranges()).as("%s: key %s was observed", where, key)
                    .anyMatch(range -> range.contains(bytes(key)));
        }
        cursor.close();
    }

    private static boolean lastMoveWasAStep;

    private static void move(Cursor cursor, Cursor model, Random random, int keys, String where) {
        byte[] key = bytes(TestKeys.randomKey(random, keys));
        int choice = random.nextInt(16);
        lastMoveWasAStep = choice >= 4;
        boolean expected;
        boolean actual;
        switch (choice) {
            case 0 -> {
                expected = model.first();
                actual = cursor.first();
            }
            case 1 -> {
                expected = model.last();
                actual = cursor.last();
            }
            case 2 -> {
                expected = model.seek(key);
                actual = cursor.seek(key);
            }
            case 3 -> {
                expected = model.seekForPrev(key);
                actual = cursor.seekForPrev(key);
            }
            default -> {
                boolean forward = choice % 2 == 0 || choice > 12;
                expected = forward ? model.next() : model.prev();
                actual = forward ? cursor.next() : cursor.prev();
            }
        }
        assertThat(actual).as(where).isEqualTo(expected);
        assertThat(cursor.isPositioned()).as(where).isEqualTo(expected);
        if (expected) {
            assertThat(cursor.entry()).as(where).isEqualTo(model.entry());
            assertThat(cursor.keySlice().toByteArray()).isEqualTo(model.key());
            assertThat(cursor.valueSize()).isEqualTo(model.valueSize());
        } else {
            assertThatThrownBy(cursor::keySlice).isInstanceOf(InvalidOperationException.class);
        }
    }

    private static CursorOptions options(Random random, int keys, History history) {
        KeyRange range = switch (random.nextInt(4)) {
            case 0 -> KeyRange.prefix(bytes(TestKeys.randomKey(random, keys)));
            case 1 -> KeyRange.of(bytes(TestKeys.randomKey(random, keys)), bytes(TestKeys.randomKey(random, keys)));
            default -> KeyRange.all();
        };
        return CursorOptions.of(range).withReverse(random.nextBoolean()).withAllVersions(history == History.ALL)
                .withSinceVersion(history == History.SINCE ? 1 : 0);
    }

    private static List<KVEntry> committed(Random random, int keys, History history) {
        TreeMap<String, List<KVEntry>> byKey = new TreeMap<>();
        for (int i = random.nextInt(2 * keys); i > 0; i--) {
            String key = TestKeys.randomKey(random, keys);
            boolean deletion = history != History.NONE && random.nextInt(4) == 0;
            byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(0, new KVEntry(bytes(key),
                    deletion ? new byte[0] : bytes("c" + i), 100 - i, null, (byte) i, deletion));
        }
        List<KVEntry> all = new ArrayList<>();
        byKey.values().forEach(versions -> all.addAll(history == History.ALL ? versions : versions.subList(0, 1)));
        return all;
    }

    private static List<KVEntry> write(WriteSet writes, Random random, int keys) {
        TreeMap<String, KVEntry> own = new TreeMap<>();
        for (int i = random.nextInt(2 * keys); i > 0; i--) {
            String key = TestKeys.randomKey(random, keys);
            if (random.nextInt(3) == 0) {
                writes.delete(bytes(key));
                own.put(key, new KVEntry(bytes(key), new byte[0], 0, null, (byte) 0, true));
            } else {
                long expiry = random.nextInt(5) == 0 ? CLOCK.millis() + random.nextInt(3) - 1 : PendingWrite.NEVER;
                writes.put(bytes(key), bytes("own" + i), expiry, (byte) -i);
                own.put(key, new KVEntry(bytes(key), bytes("own" + i), 0,
                        expiry == PendingWrite.NEVER ? null : Instant.ofEpochMilli(expiry), (byte) -i, false));
            }
        }
        return new ArrayList<>(own.values());
    }

    private static List<KVEntry> merged(List<KVEntry> committed, List<KVEntry> own, CursorOptions options,
            History history) {
        List<KVEntry> all = new ArrayList<>();
        Set<String> hidden = new HashSet<>();
        for (KVEntry entry : own) {
            boolean expired = entry.expiry() != null && !entry.expiry().isAfter(CLOCK.instant());
            if (!expired && (!entry.deletion() || history != History.NONE)) {
                all.add(entry);
            }
            hidden.add(text(entry.key()));
        }
        committed.stream().filter(entry -> history == History.ALL || !hidden.contains(text(entry.key())))
                .forEach(all::add);
        all.removeIf(entry -> !options.range().contains(entry.key()));
        all.sort((a, b) -> options.reverse() ? Arrays.compareUnsigned(b.key(), a.key())
                : Arrays.compareUnsigned(a.key(), b.key()));
        return all;
    }

    @Test
    void slicesDieWithTheMove() {
        WriteSet writes = new WriteSet(TestKeys.ARGUMENTS);
        writes.put(bytes("a"), bytes("1"), 0, (byte) 0);
        writes.put(bytes("b"), bytes("2"), 0, (byte) 0);
        CursorOptions options = CursorOptions.defaults();
        try (Cursor cursor = new OverlayCursor(new ListCursor(List.of(), options), writes.freeze(), options, CLOCK,
                null)) {
            cursor.next();
            Slice value = cursor.valueSlice();
            assertThat(value.contentEquals(bytes("1"))).isTrue();
            cursor.next();
            assertThat(value.isAlive()).isFalse();
            assertThatThrownBy(value::toByteArray).isInstanceOf(ClosedException.class);
        }
    }

    @Test
    void aScanToTheEndCoversTheWholeRange() {
        CursorOptions options = CursorOptions.of(KeyRange.prefix(bytes("p"))).withReverse(true);
        ReadSet reads = new ReadSet();
        WriteSet writes = new WriteSet(TestKeys.ARGUMENTS);
        OverlayCursor cursor = new OverlayCursor(new ListCursor(List.of(KVEntry.of(bytes("p1"), bytes("v"))), options),
                writes.freeze(), options, CLOCK, reads);
        cursor.forEachRemaining((key, value) -> assertThat(key.contentEquals(bytes("p1"))).isTrue());
        cursor.recordScan();
        assertThat(reads.ranges()).containsExactly(KeyRange.prefix(bytes("p")));
    }

    @Test
    void aScanThatStopsEarlyCoversWhatItSaw() {
        CursorOptions options = CursorOptions.defaults();
        ReadSet reads = new ReadSet();
        WriteSet writes = new WriteSet(TestKeys.ARGUMENTS);
        OverlayCursor cursor = new OverlayCursor(new ListCursor(List.of(KVEntry.of(bytes("a"), bytes("1")),
                KVEntry.of(bytes("b"), bytes("2")), KVEntry.of(bytes("c"), bytes("3"))), options),
                writes.freeze(), options, CLOCK, reads);
        cursor.seek(bytes("a"));
        cursor.next();
        cursor.recordScan();
        assertThat(reads.ranges()).containsExactly(KeyRange.of(bytes("a"), bytes("b\0")));
    }
}
