// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryPosition;

/** A position in one block; can be pointed at another block. */
final class BlockCursor {

    private Block block;
    private int index = -1;
    private int suffixAt;
    private int cellAt;
    private int cellLength;
    private long trailer;
    /** The user key, when the block has a prefix; else the key lies in the block as a whole. */
    private byte[] keyBuffer = new byte[64];
    private byte[] keyArray = Bytes.EMPTY;
    private int keyOffset;
    private int keyLength;

    BlockCursor(Block block) {
        this.block = block;
        reset(block);
    }

    /** To another block, without position. */
    void reset(Block other) {
        block = other;
        index = -1;
        int prefix = other.prefixLength;
        if (prefix > 0) {
            keyBuffer = Bytes.atLeast(keyBuffer, prefix + 32);
            System.arraycopy(other.data, Block.HEADER, keyBuffer, 0, prefix);
        }
    }

    Block block() {
        return block;
    }

    boolean first() {
        return at(0);
    }

    boolean last() {
        return at(block.count - 1);
    }

    boolean next() {
        int next = index + 1;
        if (next >= block.count) {
            index = block.count;
            return false;
        }
        index = next;
        decode(cellAt + cellLength);
        return true;
    }

    boolean prev() {
        return at(index - 1);
    }

    boolean ceiling(byte[] key, int offset, int length, long seekTrailer) {
        return at(block.ceiling(key, offset, length, seekTrailer));
    }

    boolean at(int wanted) {
        index = Math.max(-1, Math.min(wanted, block.count));
        if (!isPositioned()) {
            return false;
        }
        decode(block.position(wanted));
        return true;
    }

    int index() {
        return index;
    }

    boolean isPositioned() {
        return index >= 0 && index < block.count;
    }

    private void decode(int at) {
        byte[] data = block.data;
        int suffix = data[at];
        cellLength = data[at + 1];
        int kindAt = at + 2;
        if ((suffix | cellLength) < 0) {
            suffix = block.suffixLength(at);
            cellLength = block.cellLength(at);
            kindAt = block.kindAt(at);
        }
        suffixAt = block.suffixAt(kindAt);
        cellAt = suffixAt + suffix;
        trailer = block.trailer(kindAt);
        int prefix = block.prefixLength;
        keyLength = prefix + suffix;
        if (prefix == 0) {
            keyArray = data;
            keyOffset = suffixAt;
            return;
        }
        keyBuffer = Bytes.atLeast(keyBuffer, keyLength);
        System.arraycopy(data, suffixAt, keyBuffer, prefix, suffix);
        keyArray = keyBuffer;
        keyOffset = 0;
    }

    void read(EntryPosition into) {
        into.setKey(keyArray, keyOffset, keyLength, trailer);
        into.setCell(block.data, cellAt, cellLength);
    }

    byte[] keyArray() {
        return keyArray;
    }

    int keyOffset() {
        return keyOffset;
    }

    int keyLength() {
        return keyLength;
    }

    long trailer() {
        return trailer;
    }

    byte[] cellArray() {
        return block.data;
    }

    int cellOffset() {
        return cellAt;
    }

    int cellLength() {
        return cellLength;
    }
}
