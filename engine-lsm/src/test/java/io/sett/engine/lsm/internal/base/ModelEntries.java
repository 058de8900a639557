// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Sorted entries in a TreeMap, to compare cursors with. */
public final class ModelEntries {

    /** Flat internal keys to cells. */
    public final TreeMap<byte[], byte[]> entries = new TreeMap<>(InternalKey::compare);

    /** Ranges that were deleted. */
    public final List<RangeDeletions.Deletion> ranges = new ArrayList<>();

    /** What a reader sees of a key, null when nothing or when a deleted range hides it. */
    public Map.Entry<byte[], byte[]> shown(byte[] key, long snapshot) {
        Map.Entry<byte[], byte[]> found = newest(key, snapshot);
        return found == null || deletedAt(key, snapshot) > InternalKey.version(InternalKey.trailer(found.getKey()))
                ? null : found;
    }

    /** The newest deletion of a range with the key. */
    public long deletedAt(byte[] key, long snapshot) {
        long newest = 0;
        for (RangeDeletions.Deletion range : ranges) {
            if (range.version() <= snapshot && Arrays.compareUnsigned(range.start(), key) <= 0
                    && Arrays.compareUnsigned(key, range.end()) < 0) {
                newest = Math.max(newest, range.version());
            }
        }
        return newest;
    }

    /** Random entries: few keys with many versions, or many keys with few. */
    public static ModelEntries random(Random random, int count, int keyLength, int valueLength) {
        ModelEntries model = new ModelEntries();
        int versions = 1 + random.nextInt(40);
        while (model.entries.size() < count) {
            byte[] key = Seeds.key(random, keyLength);
            for (int v = 1 + random.nextInt(versions); v > 0; v--) {
                model.put(random, key, 1 + random.nextInt(1 << 20), valueLength);
            }
        }
        return model;
    }

    private void put(Random random, byte[] key, long version, int valueLength) {
        boolean delete = random.nextInt(8) == 0;
        byte[] cell = delete ? Bytes.EMPTY : ValueCell.encode((byte) random.nextInt(3), random.nextInt(4) == 0
                ? 1 + random.nextInt(1000) : 0, Seeds.bytes(random, random.nextInt(valueLength + 1)));
        entries.put(InternalKey.encode(key, version, delete ? EntryKind.DELETE : EntryKind.PUT), cell);
    }

    /** Compares where the cursor stands with what the model says. */
    public static void assertAt(InternalCursor cursor, boolean answer, Map.Entry<byte[], byte[]> expected,
            String hint) {
        assertThat(answer).as(hint).isEqualTo(expected != null);
        assertThat(cursor.isPositioned()).as(hint).isEqualTo(expected != null);
        if (expected != null) {
            assertThat(cursor.internalKey()).as(hint).isEqualTo(expected.getKey());
            assertThat(Arrays.copyOfRange(cursor.cellArray(), cursor.cellOffset(),
                    cursor.cellOffset() + cursor.cellLength())).as(hint).isEqualTo(expected.getValue());
        }
    }

    /** Moves a cursor at random and compares each position. */
    public void assertMoves(InternalCursor cursor, Random random, int moves, String hint) {
        Map.Entry<byte[], byte[]> at = null;
        for (int i = 0; i < moves; i++) {
            byte[] target = target(random);
            int length = InternalKey.userKeyLength(target);
            long trailer = InternalKey.trailer(target);
            boolean answer;
            switch (at == null ? random.nextInt(4) : random.nextInt(20)) {
                case 0 -> {
                    at = entries.firstEntry();
                    answer = cursor.first();
                }
                case 1 -> {
                    at = entries.lastEntry();
                    answer = cursor.last();
                }
                case 2 -> {
                    at = entries.ceilingEntry(target);
                    answer = cursor.seek(target, 0, length, trailer);
                }
                case 3 -> {
                    at = entries.floorEntry(target);
                    answer = cursor.seekForPrev(target, 0, length, trailer);
                }
                case 4, 5, 6, 7, 8, 9, 10, 11 -> {
                    at = entries.higherEntry(at.getKey());
                    answer = cursor.next();
                }
                default -> {
                    at = entries.lowerEntry(at.getKey());
                    answer = cursor.prev();
                }
            }
            assertAt(cursor, answer, at, hint);
        }
    }

    /** Sometimes a key that is there, sometimes one near it, sometimes any. */
    public byte[] target(Random random) {
        byte[] any = InternalKey.encode(Seeds.key(random, 6), random.nextInt(1 << 20), random.nextInt(2));
        if (entries.isEmpty() || random.nextInt(4) == 0) {
            return any;
        }
        Map.Entry<byte[], byte[]> near = entries.ceilingEntry(any);
        byte[] key = near == null ? entries.lastKey() : near.getKey();
        return switch (random.nextInt(3)) {
            case 0 -> key;
            case 1 -> InternalKey.encode(key, 0, InternalKey.userKeyLength(key), InternalKey.FIRST_TRAILER);
            default -> InternalKey.encode(key, 0, InternalKey.userKeyLength(key), InternalKey.LAST_TRAILER);
        };
    }

    /** What a reader finds who reads with that version; null when nothing. */
    public Map.Entry<byte[], byte[]> newest(byte[] key, long snapshot) {
        Map.Entry<byte[], byte[]> found =
                entries.ceilingEntry(InternalKey.encode(key, 0, key.length, InternalKey.seekTrailer(snapshot)));
        return found != null && InternalKey.compareUserKey(found.getKey(), key) == 0 ? found : null;
    }

    /** A cursor over the model itself. */
    public InternalCursor cursor() {
        return new ModelCursor(entries);
    }
}
