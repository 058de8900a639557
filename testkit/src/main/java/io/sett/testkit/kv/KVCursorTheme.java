// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.hex;
import static io.sett.testkit.Bytes.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVEntry;
import io.sett.testkit.Bytes;
import io.sett.testkit.Theme;
import io.sett.testkit.model.CursorModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ordered walks. */
@Theme("cursor")
public interface KVCursorTheme extends KVTheme {

    @Test
    default void keysComeInUnsignedByteOrder() {
        List<byte[]> ordered = List.of(raw(0), raw(0, 0), raw(0, 255), raw(1), raw(127), raw(127, 0), raw(128),
                raw(200, 1), raw(255), raw(255, 0), raw(255, 254), raw(255, 255), raw(255, 255, 0));
        List<byte[]> shuffled = new ArrayList<>(ordered);
        java.util.Collections.shuffle(shuffled, new Random(7));
        shuffled.forEach(key -> store().put(key, key));
        List<String> expected = ordered.stream().map(Bytes::hex).toList();
        try (Cursor forward = store().iterate(new byte[0]);
                Cursor reverse = store().cursor(CursorOptions.defaults().withReverse(true))) {
            assertThat(hexKeys(forward)).isEqualTo(expected);
            List<String> mirrored = new ArrayList<>(hexKeys(reverse));
            java.util.Collections.reverse(mirrored);
            assertThat(mirrored).as("reverse is the mirror of forward").isEqualTo(expected);
        }
    }

    private static List<String> hexKeys(Cursor cursor) {
        List<String> keys = new ArrayList<>();
        while (cursor.next()) {
            assertThat(cursor.value()).isEqualTo(cursor.key());
            keys.add(hex(cursor.key()));
        }
        return keys;
    }

    @Test
    default void aNewCursorHasNoPosition() {
        fillKeys("a", "b");
        try (Cursor cursor = store().iterate(new byte[0])) {
            assertThat(cursor.isPositioned()).isFalse();
            failing(InvalidOperationException.class, ErrorCode.NOT_POSITIONED, cursor::keySlice);
            failing(InvalidOperationException.class, ErrorCode.NOT_POSITIONED, cursor::valueSlice);
            failing(InvalidOperationException.class, ErrorCode.NOT_POSITIONED, cursor::version);
            assertThat(cursor.prev()).as("prev of a new cursor goes to the last entry").isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("b"));
        }
    }

    @Test
    default void anEmptyCursorStaysEmpty() {
        try (Cursor cursor = store().iterate(bytes("p"))) {
            assertThat(cursor.first()).isFalse();
            assertThat(cursor.last()).isFalse();
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.prev()).isFalse();
            assertThat(cursor.seek(bytes("p"))).isFalse();
            assertThat(cursor.seekForPrev(bytes("p"))).isFalse();
            assertThat(cursor.isPositioned()).isFalse();
        }
    }

    @Test
    default void offTheEndNextAndPrevAnswerFalse() {
        fillKeys("a", "b");
        try (Cursor cursor = store().iterate(new byte[0])) {
            assertThat(keys(cursor)).containsExactly("a", "b");
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.prev()).isFalse();
            assertThat(cursor.isPositioned()).isFalse();
            failing(InvalidOperationException.class, ErrorCode.NOT_POSITIONED, cursor::key);
            assertThat(cursor.last()).isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("b"));
        }
    }

    @Test
    default void prefixesEndWhereTheyShould() {
        fillKeys("a", "ab", "abc", "abd", "ac", "b");
        assertThat(keysOf("ab")).containsExactly("ab", "abc", "abd");
        assertThat(keysOf("a")).containsExactly("a", "ab", "abc", "abd", "ac");
        assertThat(keysOf("abc")).containsExactly("abc");
        assertThat(keysOf("c")).isEmpty();
        assertThat(keysOf("")).hasSize(6);
    }

    private List<String> keysOf(String prefix) {
        try (Cursor cursor = store().iterate(bytes(prefix))) {
            return keys(cursor);
        }
    }

    @Test
    default void prefixesOfHighBytesWorkInBothDirections() {
        List<byte[]> all = List.of(raw(254), raw(254, 255), raw(255), raw(255, 0), raw(255, 254, 1), raw(255, 255),
                raw(255, 255, 0), raw(255, 255, 255));
        all.forEach(key -> store().put(key, key));
        for (byte[] prefix : List.of(raw(255), raw(255, 255), raw(255, 255, 255), raw(254), raw(254, 255))) {
            List<String> expected =
                    all.stream().filter(key -> Slice.of(key).startsWith(prefix)).map(Bytes::hex).toList();
            List<String> mirrored = new ArrayList<>(expected);
            java.util.Collections.reverse(mirrored);
            CursorOptions options = CursorOptions.prefix(prefix);
            try (Cursor forward = store().cursor(options); Cursor reverse = store().cursor(options.withReverse(true))) {
                assertThat(hexKeys(forward)).as("prefix %s", hex(prefix)).isEqualTo(expected);
                assertThat(hexKeys(reverse)).as("prefix %s reverse", hex(prefix)).isEqualTo(mirrored);
            }
        }
    }

    @Test
    default void aRangeTakesItsStartAndNotItsEnd() {
        fillKeys("a", "b", "c", "d", "e");
        try (Cursor forward = store().range(bytes("b"), bytes("d"), false);
                Cursor reverse = store().range(bytes("b"), bytes("d"), true);
                Cursor between = store().range(bytes("aa"), bytes("cc"), true);
                Cursor empty = store().range(bytes("d"), bytes("b"), false);
                Cursor open = store().cursor(CursorOptions.of(KeyRange.atLeast(bytes("d"))));
                Cursor below = store().cursor(CursorOptions.of(KeyRange.lessThan(bytes("c"))).withReverse(true))) {
            assertThat(keys(forward)).containsExactly("b", "c");
            assertThat(keys(reverse)).containsExactly("c", "b");
            assertThat(keys(between)).containsExactly("c", "b");
            assertThat(keys(empty)).isEmpty();
            assertThat(keys(open)).containsExactly("d", "e");
            assertThat(keys(below)).containsExactly("b", "a");
        }
    }

    @Test
    default void seeksStayInTheRange() {
        fillKeys("a", "b", "c", "d", "e");
        try (Cursor cursor = store().range(bytes("b"), bytes("d"), false)) {
            assertThat(cursor.seek(bytes("a"))).isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("b"));
            assertThat(cursor.seek(bytes("d"))).isFalse();
            assertThat(cursor.seekForPrev(bytes("z"))).isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("c"));
            assertThat(cursor.seekForPrev(bytes("a"))).isFalse();
        }
        try (Cursor cursor = store().range(bytes("b"), bytes("d"), true)) {
            assertThat(cursor.seek(bytes("z"))).isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("c"));
            assertThat(cursor.seek(bytes("a"))).isFalse();
            assertThat(cursor.seekForPrev(bytes("a"))).isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("b"));
            assertThat(cursor.seekForPrev(bytes("z"))).isFalse();
        }
    }

    @Test
    default void everyMoveInEveryDirectionAndRangeDoesWhatTheModelDoes() {
        java.util.TreeMap<byte[], byte[]> content = new java.util.TreeMap<>(java.util.Arrays::compareUnsigned);
        for (byte[] key : List.of(raw(1), raw(1, 0), raw(1, 5), raw(2, 255), raw(3), raw(255), raw(255, 255))) {
            content.put(key, raw(key[0], 9));
            store().put(key, raw(key[0], 9));
        }
        List<KeyRange> ranges = List.of(KeyRange.all(), KeyRange.prefix(raw(1)), KeyRange.prefix(raw(255)),
                KeyRange.of(raw(1, 0), raw(3)), KeyRange.atLeast(raw(2)), KeyRange.lessThan(raw(1, 5)),
                KeyRange.single(raw(3)), KeyRange.of(raw(4), raw(5)));
        List<byte[]> targets = List.of(raw(0), raw(1), raw(1, 3), raw(2), raw(3), raw(254), raw(255, 255, 1));
        Random random = new Random(42);
        for (KeyRange range : ranges) {
            for (boolean reverse : new boolean[] {false, true}) {
                for (int walk = 0; walk < 20; walk++) {
                    compare(content, range, reverse, targets, random);
                }
            }
        }
    }

    private void compare(java.util.TreeMap<byte[], byte[]> content, KeyRange range, boolean reverse,
            List<byte[]> targets, Random random) {
        CursorModel model = new CursorModel(content, range, reverse);
        StringBuilder path = new StringBuilder("range " + range + (reverse ? " reverse:" : ":"));
        try (Cursor cursor = store().cursor(CursorOptions.of(range).withReverse(reverse))) {
            for (int step = 0; step < 12; step++) {
                CursorModel.Move move = CursorModel.Move.values()[random.nextInt(6)];
                byte[] target = targets.get(random.nextInt(targets.size()));
                path.append(' ').append(move).append('(').append(hex(target)).append(')');
                boolean expected = model.move(move, target);
                assertThat(move.of(cursor, target)).as("%s", path).isEqualTo(expected);
                assertThat(cursor.isPositioned()).as("%s", path).isEqualTo(expected);
                model.entry().ifPresent(entry -> {
                    assertThat(hex(cursor.key())).as("%s", path).isEqualTo(hex(entry.getKey()));
                    assertThat(hex(cursor.value())).as("%s", path).isEqualTo(hex(entry.getValue()));
                });
            }
        }
    }

    @Test
    default void directionsCanChangeOnTheWay() {
        fillKeys("a", "b", "c");
        try (Cursor cursor = store().iterate(new byte[0])) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.prev()).isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("a"));
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("b"));
            assertThat(cursor.prev()).isTrue();
            assertThat(cursor.prev()).isFalse();
        }
    }

    @Test
    default void slicesDieWithTheMove() {
        fill("a", "1", "b", "2");
        try (Cursor cursor = store().iterate(new byte[0])) {
            cursor.next();
            Slice key = cursor.keySlice();
            Slice value = cursor.valueSlice();
            assertThat(key.contentEquals(bytes("a"))).isTrue();
            assertThat(value.contentEquals(bytes("1"))).isTrue();
            cursor.next();
            failing(ClosedException.class, ErrorCode.SCOPE_ENDED, () -> key.get(0));
            failing(ClosedException.class, ErrorCode.SCOPE_ENDED, value::toByteArray);
            assertThat(cursor.keySlice().contentEquals(bytes("b"))).isTrue();
        }
    }

    @Test
    default void slicesDieWithTheCursor() {
        fill("a", "1");
        Cursor cursor = store().iterate(new byte[0]);
        cursor.next();
        Slice key = cursor.keySlice();
        cursor.close();
        failing(ClosedException.class, () -> key.get(0));
    }

    @Test
    default void aCursorShowsTheMomentOfItsOpening() {
        fill("a", "1", "c", "1", "e", "1");
        try (Cursor cursor = store().iterate(new byte[0])) {
            assertThat(cursor.next()).isTrue();
            fill("b", "2", "c", "2", "f", "2");
            store().delete(bytes("e"));
            List<String> seen = new ArrayList<>();
            while (cursor.next()) {
                seen.add(Bytes.text(cursor.key()) + "=" + Bytes.text(cursor.value()));
            }
            assertThat(seen).containsExactly("c=1", "e=1");
        }
    }

    @Test
    default void manyEntriesPassOnceAndInOrder() {
        int count = 3000;
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        java.util.Collections.shuffle(order, new Random(11));
        order.forEach(i -> store().put(Bytes.number(i), bytes("v" + i)));
        try (Cursor forward = store().cursor(CursorOptions.defaults().withPrefetch(64));
                Cursor reverse = store().cursor(CursorOptions.defaults().withReverse(true))) {
            for (int i = 0; i < count; i++) {
                assertThat(forward.next()).isTrue();
                assertThat(Bytes.number(forward.key())).isEqualTo(i);
                assertThat(forward.value()).isEqualTo(bytes("v" + i));
                assertThat(reverse.next()).isTrue();
                assertThat(Bytes.number(reverse.key())).isEqualTo(count - 1 - i);
            }
            assertThat(forward.next()).isFalse();
            assertThat(reverse.next()).isFalse();
        }
    }

    @Test
    default void keysOnlyStillAllowsValues() {
        fill("a", "1");
        try (Cursor cursor = store().cursor(CursorOptions.defaults().withKeysOnly(true))) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.valueSize()).isEqualTo(1);
            assertThat(cursor.value()).isEqualTo(bytes("1"));
        }
    }

    @Test
    default void aCursorCanBeResumed() {
        fillKeys("a", "b", "c", "d");
        byte[] token;
        try (Cursor cursor = store().iterate(new byte[0])) {
            cursor.next();
            cursor.next();
            token = cursor.resumeToken();
        }
        store().delete(bytes("b"));
        try (Cursor cursor = store().iterate(new byte[0])) {
            assertThat(cursor.seek(token)).isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("c"));
        }
    }

    @Test
    default void entriesCanBeStreamed() {
        fill("a", "1", "b", "2", "c", "3");
        try (Stream<KVEntry> entries = store().iterate(new byte[0]).stream()) {
            assertThat(entries.map(entry -> Bytes.text(entry.key()) + Bytes.text(entry.value())).toList())
                    .containsExactly("a1", "b2", "c3");
        }
        List<String> rest = new ArrayList<>();
        try (Cursor cursor = store().iterate(new byte[0])) {
            cursor.seek(bytes("b"));
            cursor.forEachRemaining((key, value) -> rest.add(Bytes.text(key.toByteArray())));
            assertThat(cursor.isPositioned()).isFalse();
        }
        assertThat(rest).containsExactly("b", "c");
    }

    @Test
    default void aClosedCursorRefusesEverything() {
        fillKeys("a", "b");
        Cursor cursor = store().iterate(new byte[0]);
        cursor.next();
        cursor.close();
        cursor.close();
        for (Use use : new Use[] {cursor::first, cursor::last, cursor::next, cursor::prev,
            () -> cursor.seek(bytes("a")), () -> cursor.seekForPrev(bytes("a")), cursor::keySlice,
            cursor::valueSlice, cursor::version}) {
            failing(ClosedException.class, use);
        }
    }

    @Test
    default void deletedKeysAreNotShown() {
        for (int i = 0; i < 200; i++) {
            fillKeys(String.format("k%03d", i));
        }
        for (int i = 0; i < 200; i++) {
            if (i % 10 != 5) {
                store().delete(bytes(String.format("k%03d", i)));
            }
        }
        try (Cursor cursor = store().iterate(bytes("k"))) {
            assertThat(keys(cursor)).hasSize(20).startsWith("k005", "k015").endsWith("k195");
            assertThat(cursor.seek(bytes("k006"))).isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("k015"));
            assertThat(cursor.prev()).isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("k005"));
        }
    }
}
