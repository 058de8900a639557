// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.api.error.CorruptionException;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.InternalCursor;
import java.util.Arrays;

/**
 * Goes forward through a damaged table and leaves out the blocks that cannot be read; what they held is told as a range
 * of keys. Other moves than {@link #first} and {@link #next} are not supported. For one thread.
 */
public final class SalvageCursor implements InternalCursor {

    /** Learns what is missing. */
    @FunctionalInterface
    public interface Losses {

        /** A range of user keys, both ends included, of which entries are missing. */
        void lost(byte[] first, byte[] last, CorruptionException reason);
    }

    private final TableReader table;
    private final byte[] smallest;
    private final Losses losses;
    private final Block index;
    private int slot;
    private BlockCursor block;
    private boolean positioned;

    /**
     * A cursor before the first entry.
     *
     * @param smallest first user key of the table
     * @throws CorruptionException when the index cannot be read
     */
    public SalvageCursor(TableReader table, byte[] smallest, Losses losses) {
        this.table = table;
        this.smallest = smallest;
        this.losses = losses;
        this.index = table.index();
        this.block = new BlockCursor(Block.EMPTY);
    }

    @Override
    public boolean first() {
        slot = -1;
        return nextBlock();
    }

    @Override
    public boolean next() {
        if (positioned && block.next()) {
            return true;
        }
        return nextBlock();
    }

    private boolean nextBlock() {
        while (++slot < index.count) {
            try {
                block.reset(table.dataBlock(index, slot, false));
                positioned = block.first();
                if (positioned) {
                    return true;
                }
            } catch (CorruptionException e) {
                losses.lost(slot == 0 ? smallest : separator(slot - 1), separator(slot), e);
            }
        }
        positioned = false;
        return false;
    }

    private byte[] separator(int at) {
        BlockCursor cursor = new BlockCursor(index);
        cursor.at(at);
        return Arrays.copyOfRange(cursor.keyArray(), cursor.keyOffset(), cursor.keyOffset() + cursor.keyLength());
    }

    private static UnsupportedOperationException forwardOnly() {
        return new UnsupportedOperationException("a damaged table is read forward only");
    }

    @Override
    public boolean last() {
        throw forwardOnly();
    }

    @Override
    public boolean seek(byte[] userKey, int offset, int length, long trailer) {
        throw forwardOnly();
    }

    @Override
    public boolean seekForPrev(byte[] userKey, int offset, int length, long trailer) {
        throw forwardOnly();
    }

    @Override
    public boolean prev() {
        throw forwardOnly();
    }

    @Override
    public boolean isPositioned() {
        return positioned;
    }

    @Override
    public byte[] keyArray() {
        return positioned ? block.keyArray() : Bytes.EMPTY;
    }

    @Override
    public int keyOffset() {
        return block.keyOffset();
    }

    @Override
    public int keyLength() {
        return block.keyLength();
    }

    @Override
    public long trailer() {
        return block.trailer();
    }

    @Override
    public byte[] cellArray() {
        return block.cellArray();
    }

    @Override
    public int cellOffset() {
        return block.cellOffset();
    }

    @Override
    public int cellLength() {
        return block.cellLength();
    }

    @Override
    public void close() {
        // The table is not its own.
    }
}
