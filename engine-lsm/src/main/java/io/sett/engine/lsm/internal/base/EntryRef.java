// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

/** Where a lookup found an entry: its trailer and the place of its cell. Reusable; one thread at a time. */
public final class EntryRef {

    private byte[] array = Bytes.EMPTY;
    private int offset;
    private int length;
    private long trailer;

    /** Points it at an entry. */
    public void set(byte[] cellArray, int cellOffset, int cellLength, long entryTrailer) {
        array = cellArray;
        offset = cellOffset;
        length = cellLength;
        trailer = entryTrailer;
    }

    /** Lets the entry go. */
    public void clear() {
        array = Bytes.EMPTY;
        length = 0;
    }

    /** The array in which the cell lies; not to be changed. */
    public byte[] cellArray() {
        return array;
    }

    /** Where the cell begins. */
    public int cellOffset() {
        return offset;
    }

    /** Length of the cell. */
    public int cellLength() {
        return length;
    }

    /** Version and kind. */
    public long trailer() {
        return trailer;
    }

    /** The version that wrote it. */
    public long version() {
        return InternalKey.version(trailer);
    }

    /** What it is, see {@link EntryKind}. */
    public int kind() {
        return InternalKey.kind(trailer);
    }
}
