// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

/**
 * Where the key and the cell of an entry lie: what an {@link InternalCursor} tells of its position in one call instead
 * of seven, which matters where several kinds of cursors meet and calls cannot be inlined. Reusable; one thread at a
 * time.
 */
public class EntryPosition {

    private byte[] keyArray = Bytes.EMPTY;
    private int keyOffset;
    private int keyLength;
    private long trailer;
    private byte[] cellArray = Bytes.EMPTY;
    private int cellOffset;
    private int cellLength;

    /** Points it at a key. */
    public final void setKey(byte[] array, int offset, int length, long entryTrailer) {
        keyArray = array;
        keyOffset = offset;
        keyLength = length;
        trailer = entryTrailer;
    }

    /** Points it at a cell. */
    public final void setCell(byte[] array, int offset, int length) {
        cellArray = array;
        cellOffset = offset;
        cellLength = length;
    }

    /** Points it at the same entry as another. */
    public final void set(EntryPosition other) {
        setKey(other.keyArray, other.keyOffset, other.keyLength, other.trailer);
        setCell(other.cellArray, other.cellOffset, other.cellLength);
    }

    /** Whether the user key is that one. */
    public final boolean hasKey(byte[] key, int offset, int length) {
        return Bytes.equal(keyArray, keyOffset, keyLength, key, offset, length);
    }

    /** The array in which the user key lies. */
    public final byte[] keyArray() {
        return keyArray;
    }

    /** Where the user key begins. */
    public final int keyOffset() {
        return keyOffset;
    }

    /** Length of the user key. */
    public final int keyLength() {
        return keyLength;
    }

    /** Version and kind, see {@link InternalKey}. */
    public final long trailer() {
        return trailer;
    }

    /** The array in which the cell lies. */
    public final byte[] cellArray() {
        return cellArray;
    }

    /** Where the cell begins. */
    public final int cellOffset() {
        return cellOffset;
    }

    /** Length of the cell. */
    public final int cellLength() {
        return cellLength;
    }
}
