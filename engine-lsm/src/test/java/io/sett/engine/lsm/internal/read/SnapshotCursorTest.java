// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVEntry;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.base.ModelEntries;
import io.sett.engine.lsm.internal.base.Seeds;
import io.sett.engine.lsm.internal.base.ValueCell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotCursorTest {

    private static final long NOW = 500;

    private static SnapshotCursor open(ModelEntries model, long snapshot, CursorOptions options) {
        return new SnapshotCursor(model.cursor(), snapshot, options, null, () -> NOW, "test", () -> { });
    }

    /** What a reader sees, the plain way. */
    private static List<KVEntry> visible(ModelEntries model, long snapshot, CursorOptions options) {
        List<KVEntry> shown = new ArrayList<>();
        byte[] last = null;
        for (Map.Entry<byte[], byte[]> entry : model.entries.entrySet()) {
            byte[] key = InternalKey.userKey(entry.getKey());
            long version = InternalKey.version(InternalKey.trailer(entry.getKey()));
            boolean deletion = InternalKey.kind(InternalKey.trailer(entry.getKey())) == EntryKind.DELETE;
            if (version > snapshot) {
                continue;
            }
            boolean newest = !Arrays.equals(last, key);
            last = key;
            ValueCell cell = new ValueCell();
            assertThat(cell.parse(entry.getValue(), 0, entry.getValue().length)).isTrue();
            boolean history = options.allVersions();
            boolean show = (history || newest) && version > options.sinceVersion() && options.range().contains(key)
                    && (deletion ? history || options.sinceVersion() > 0 : !cell.isExpired(NOW));
            if (show) {
                shown.add(new KVEntry(key, Arrays.copyOfRange(cell.array(), cell.payloadOffset(),
                        cell.payloadOffset() + cell.payloadLength()), version,
                        cell.expiresAt() == 0 ? null : Instant.ofEpochMilli(cell.expiresAt()), cell.userMeta(),
                        deletion));
            }
        }
        if (options.reverse()) {
            Collections.reverse(shown);
        }
        return shown;
    }

    private static CursorOptions randomOptions(Random random) {
        KeyRange range = switch (random.nextInt(5)) {
            case 0 -> KeyRange.prefix(Seeds.key(random, 2));
            case 1 -> KeyRange.of(Seeds.key(random, 3), Seeds.key(random, 3));
            case 2 -> KeyRange.atLeast(Seeds.key(random, 2));
            case 3 -> KeyRange.lessThan(Seeds.key(random, 2));
            default -> KeyRange.all();
        };
        return CursorOptions.of(range).withReverse(random.nextBoolean()).withAllVersions(random.nextInt(4) == 0)
                .withSinceVersion(random.nextInt(4) == 0 ? random.nextInt(1 << 20) : 0);
    }

    @Test
    void showsWhatAReaderSeesInEveryCombination() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            ModelEntries model = ModelEntries.random(random, 1 + random.nextInt(200), 1 + random.nextInt(4), 5);
            long snapshot = random.nextInt(1 << 20);
            CursorOptions options = randomOptions(random);
            List<KVEntry> expected = visible(model, snapshot, options);
            String hint = Seeds.replay(seed) + " round " + round + " " + options + " snapshot " + snapshot;
            try (SnapshotCursor cursor = open(model, snapshot, options)) {
                List<KVEntry> seen = new ArrayList<>();
                while (cursor.next()) {
                    seen.add(cursor.entry());
                }
                assertThat(seen).as(hint).isEqualTo(expected);
                assertThat(cursor.next() || cursor.prev()).as(hint).isFalse();
                List<KVEntry> back = new ArrayList<>();
                for (boolean more = cursor.last(); more; more = cursor.prev()) {
                    back.add(0, cursor.entry());
                }
                assertThat(back).as(hint).isEqualTo(expected);
                if (!options.allVersions()) {
                    walk(cursor, expected, options.reverse(), random, hint);
                }
            }
        }
    }

    private static void walk(SnapshotCursor cursor, List<KVEntry> expected, boolean reverse, Random random,
            String hint) {
        int at = -1;
        for (int i = 0; i < 120; i++) {
            byte[] target = Seeds.key(random, 4);
            boolean here = at >= 0 && at < expected.size();
            boolean answer;
            switch (here ? random.nextInt(10) : random.nextInt(4)) {
                case 0 -> {
                    at = 0;
                    answer = cursor.first();
                }
                case 1 -> {
                    at = expected.size() - 1;
                    answer = cursor.last();
                }
                case 2 -> {
                    at = atOrBehind(expected, target, reverse);
                    answer = cursor.seek(target);
                }
                case 3 -> {
                    at = atOrBefore(expected, target, reverse);
                    answer = cursor.seekForPrev(target);
                }
                case 4, 5, 6 -> {
                    at++;
                    answer = cursor.next();
                }
                default -> {
                    at--;
                    answer = cursor.prev();
                }
            }
            boolean there = at >= 0 && at < expected.size();
            assertThat(answer).as(hint).isEqualTo(there);
            assertThat(cursor.isPositioned()).as(hint).isEqualTo(there);
            if (there) {
                assertThat(cursor.entry()).as(hint).isEqualTo(expected.get(at));
            }
        }
    }

    private static int atOrBehind(List<KVEntry> entries, byte[] key, boolean reverse) {
        for (int i = 0; i < entries.size(); i++) {
            int order = Arrays.compareUnsigned(entries.get(i).key(), key);
            if (reverse ? order <= 0 : order >= 0) {
                return i;
            }
        }
        return entries.size();
    }

    private static int atOrBefore(List<KVEntry> entries, byte[] key, boolean reverse) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            int order = Arrays.compareUnsigned(entries.get(i).key(), key);
            if (reverse ? order >= 0 : order <= 0) {
                return i;
            }
        }
        return -1;
    }

    private static ModelEntries threeKeys() {
        ModelEntries model = new ModelEntries();
        for (byte key = 'a'; key <= 'c'; key++) {
            model.entries.put(InternalKey.encode(new byte[] {key}, 3, 1),
                    ValueCell.encode(key, 0, new byte[] {key, 1}));
        }
        return model;
    }

    @Test
    void slicesDieWithTheMoveAndCopiesStay() {
        try (SnapshotCursor cursor = open(threeKeys(), 9, CursorOptions.defaults())) {
            assertThat(cursor.next()).isTrue();
            Slice key = cursor.keySlice();
            Slice value = cursor.valueSlice();
            byte[] copy = cursor.value();
            assertThat(value.toByteArray()).isEqualTo(new byte[] {'a', 1});
            cursor.next();
            assertThatThrownBy(() -> key.get(0)).isInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> value.get(0)).isInstanceOf(ClosedException.class);
            assertThat(copy).isEqualTo(new byte[] {'a', 1});
            assertThat(cursor.valueSize()).isEqualTo(2);
            assertThat(cursor.metadata()).isEqualTo((byte) 'b');
        }
    }

    @Test
    void readingWithoutPositionAndAfterCloseFails() {
        int[] closed = {0};
        SnapshotCursor cursor = new SnapshotCursor(threeKeys().cursor(), 9, CursorOptions.defaults(), null, () -> NOW, "test",
                () -> closed[0]++);
        assertThatThrownBy(cursor::key).isInstanceOf(InvalidOperationException.class)
                .hasMessageContaining("no position");
        assertThat(cursor.next()).isTrue();
        cursor.close();
        cursor.close();
        assertThat(closed[0]).isOne();
        assertThatThrownBy(cursor::key).isInstanceOf(ClosedException.class);
        assertThatThrownBy(cursor::next).isInstanceOf(ClosedException.class);
    }

    @Test
    void ownWritesAreVisibleAndHaveNoVersionYet() {
        ModelEntries model = threeKeys();
        model.entries.put(InternalKey.encode(new byte[] {'b'}, Limits.MAX_VERSION, EntryKind.DELETE), Bytes.EMPTY);
        model.entries.put(InternalKey.encode(new byte[] {'c'}, Limits.MAX_VERSION, EntryKind.PUT),
                ValueCell.encode((byte) 0, 0, new byte[] {7}));
        try (SnapshotCursor cursor = open(model, 3, CursorOptions.defaults())) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.version()).isEqualTo(3);
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(new byte[] {'c'});
            assertThat(cursor.version()).isZero();
            assertThat(cursor.value()).isEqualTo(new byte[] {7});
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void anInterruptEndsALongMove() {
        ModelEntries model = new ModelEntries();
        for (int i = 0; i < 2000; i++) {
            byte[] key = new byte[4];
            Bytes.putInt(key, 0, Integer.reverseBytes(i));
            model.entries.put(InternalKey.encode(key, 1, EntryKind.DELETE), Bytes.EMPTY);
        }
        try (SnapshotCursor cursor = open(model, 9, CursorOptions.defaults())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(cursor::next).isInstanceOf(CancelledException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(cursor.first()).isFalse();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void closingClosesTheSource() {
        InternalCursor source = threeKeys().cursor();
        SnapshotCursor cursor = new SnapshotCursor(source, 9, CursorOptions.defaults(), null, () -> NOW, "test", () -> { });
        cursor.next();
        cursor.close();
        assertThat(source.isPositioned()).isFalse();
    }
}
