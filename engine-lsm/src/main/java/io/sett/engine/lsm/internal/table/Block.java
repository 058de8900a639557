// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.Limits;

/**
 * A raw block in memory whose structure has been checked, see the package page. Immutable; any number of threads.
 *
 * <p>The array has eight bytes more than the block, so that numbers can be read eight bytes at a time.
 */
final class Block {

    static final int HEADER = 20;

    static final int BASE_VERSION_AT = 8;

    /** Bytes that the array must have behind the block. */
    static final int SLACK = 8;

    /** What a block costs in memory beside its bytes. */
    private static final int OVERHEAD = 80;

    /**
     * From this many entries on heads are kept apart: a search then looks at some neighbouring numbers and one key,
     * where it would look at keys all over the block, most of them outside of the processor's cache.
     */
    private static final int HEADS_FROM = 8;
    private static final long[] NO_HEADS = {};

    /** The index of a table without entries. */
    static final Block EMPTY = new Block(new byte[HEADER + SLACK], HEADER, 0, 0);

    final byte[] data;
    final int length;
    final int count;
    final int prefixLength;
    private final long baseVersion;
    private final int versionWidth;
    private final long versionMask;
    private final boolean wideOffsets;
    private final int offsetsAt;
    private final int entriesAt;
    /** The first eight bytes of each key behind the prefix, as numbers in the order of the keys; or nothing. */
    private long[] heads = NO_HEADS;

    private Block(byte[] data, int length, int count, int prefixLength) {
        this.data = data;
        this.length = length;
        this.count = count;
        this.prefixLength = prefixLength;
        baseVersion = Bytes.getLong(data, BASE_VERSION_AT);
        versionWidth = data[16];
        versionMask = versionWidth == 0 ? 0 : -1L >>> 64 - 8 * versionWidth;
        wideOffsets = data[17] == 4;
        offsetsAt = HEADER + prefixLength;
        entriesAt = offsetsAt + count * data[17];
    }

    /** Looks at a block of that length. */
    static Block parse(byte[] data, int length) throws MalformedBlockException {
        if (length < HEADER || data.length < length + SLACK) {
            throw new MalformedBlockException("a block of " + length + " bytes is too short");
        }
        int count = Bytes.getInt(data, 0);
        int prefix = Bytes.getInt(data, 4);
        int width = data[16];
        int offsetWidth = data[17];
        if (width < 0 || width > 7 || offsetWidth != 2 && offsetWidth != 4 || Bytes.getUnsignedShort(data, 18) != 0) {
            throw new MalformedBlockException("the block's header makes no sense");
        }
        if (count < 1 || prefix < 0 || prefix > Limits.MAX_KEY_LENGTH
                || HEADER + prefix + (long) count * offsetWidth > length) {
            throw new MalformedBlockException("the block has " + length + " bytes, too few for " + count
                    + " entries and a prefix of " + prefix);
        }
        Block block = new Block(data, length, count, prefix);
        block.checkEntries();
        if (count >= HEADS_FROM) {
            block.heads = block.readHeads();
        }
        return block;
    }

    /** Each entry ends where the next one begins, the last one at the end of the block. */
    private void checkEntries() throws MalformedBlockException {
        int at = entriesAt;
        for (int i = 0; i < count; i++) {
            long suffix = checkedVarint(at);
            long cell = suffix < 0 ? -1 : checkedVarint(at + (int) (suffix & 0xff));
            if (position(i) != at || cell < 0) {
                throw new MalformedBlockException("entry " + i + " does not begin where its offset says");
            }
            int kindAt = at + (int) (suffix & 0xff) + (int) (cell & 0xff);
            long end = kindAt + 1L + versionWidth + (suffix >>> 8) + (cell >>> 8);
            if (end > length || (suffix >>> 8) + prefixLength > Limits.MAX_KEY_LENGTH
                    || !EntryKind.isKnown(data[kindAt])) {
                throw new MalformedBlockException("entry " + i + " is longer than the block or of unknown kind");
            }
            at = (int) end;
        }
        if (at != length) {
            throw new MalformedBlockException("there are " + (length - at) + " bytes behind the last entry");
        }
    }

    /** The number there and, in the low byte, the bytes that it takes; -1 when there is none. */
    private long checkedVarint(int at) {
        long value = 0;
        for (int used = 0; used < 5 && at + used < length; used++) {
            byte b = data[at + used];
            value |= (b & 0x7fL) << 7 * used;
            if (b >= 0) {
                return value << 8 | used + 1;
            }
        }
        return -1;
    }

    /** Where an entry begins. */
    int position(int index) {
        return entriesAt + (wideOffsets ? Bytes.getInt(data, offsetsAt + 4 * index)
                : Bytes.getUnsignedShort(data, offsetsAt + 2 * index));
    }

    /** Length of the varint at this place. */
    private int varintLength(int at) {
        int position = at;
        while (data[position] < 0) {
            position++;
        }
        return position + 1 - at;
    }

    private int varint(int at) {
        int b = data[at];
        if (b >= 0) {
            return b;
        }
        int value = b & 0x7f;
        int position = at;
        for (int shift = 7; ; shift += 7) {
            b = data[++position];
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    /** Length of the user key behind the prefix, of the entry that begins there. */
    int suffixLength(int at) {
        return varint(at);
    }

    int cellLength(int at) {
        return varint(at + varintLength(at));
    }

    /** Where the kind stands, behind the lengths. */
    int kindAt(int at) {
        int position = at + varintLength(at);
        return position + varintLength(position);
    }

    long trailer(int kindAt) {
        long version = baseVersion + (Bytes.getLong(data, kindAt + 1) & versionMask);
        return InternalKey.trailer(version, data[kindAt]);
    }

    int suffixAt(int kindAt) {
        return kindAt + 1 + versionWidth;
    }

    /** The first entry at or behind the key; {@link #count} when there is none. */
    int ceiling(byte[] key, int offset, int keyLength, long trailer) {
        int shared = Bytes.commonPrefix(data, HEADER, prefixLength, key, offset, Math.min(keyLength, prefixLength));
        if (shared < prefixLength) {
            boolean below = shared == keyLength || (key[offset + shared] & 0xff) < (data[HEADER + shared] & 0xff);
            return below ? 0 : count;
        }
        int from = offset + prefixLength;
        int rest = keyLength - prefixLength;
        int low = 0;
        int high = count;
        if (heads.length > 0) {
            long head = Bytes.head(key, from, rest);
            low = Bytes.firstFrom(heads, head);
            high = low < count && heads[low] == head ? Bytes.endOfEqual(heads, low) : low;
        }
        while (low < high) {
            int middle = low + high >>> 1;
            int at = position(middle);
            int kind = kindAt(at);
            int order = Bytes.compare(data, suffixAt(kind), varint(at), key, from, rest);
            if (order == 0) {
                order = Long.compareUnsigned(trailer(kind), trailer);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long[] readHeads() {
        long[] found = new long[count];
        for (int i = 0; i < count; i++) {
            int at = position(i);
            found[i] = Bytes.head(data, suffixAt(kindAt(at)), varint(at));
        }
        return found;
    }

    /** Bytes of memory that it takes. */
    int memory() {
        return length + OVERHEAD + Long.BYTES * heads.length;
    }

    /** Whether the entry has exactly this user key. */
    boolean hasKey(int at, int kindAt, byte[] key, int offset, int keyLength) {
        return Bytes.equal(data, suffixAt(kindAt), varint(at), key, offset + prefixLength, keyLength - prefixLength)
                && Bytes.equal(data, HEADER, prefixLength, key, offset, prefixLength);
    }
}
