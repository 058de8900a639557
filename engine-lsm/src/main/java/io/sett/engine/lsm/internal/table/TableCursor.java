// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryPosition;
import io.sett.engine.lsm.internal.base.InternalCursor;
import org.jspecify.annotations.Nullable;

/** A position in a table: a slot of the index and a position in its block. */
final class TableCursor implements InternalCursor {

    private final TableReader table;
    private final boolean fillCache;
    private @Nullable Block index;
    private int slot = -1;
    private int loadedSlot = -1;
    private @Nullable BlockCursor block;
    private boolean positioned;

    TableCursor(TableReader table, boolean fillCache) {
        this.table = table;
        this.fillCache = fillCache;
    }

    private Block index() {
        Block known = index;
        if (known == null) {
            known = table.index();
            index = known;
        }
        return known;
    }

    private BlockCursor load(int wanted) {
        BlockCursor cursor = block;
        if (cursor == null) {
            cursor = new BlockCursor(table.dataBlock(index(), wanted, fillCache));
            block = cursor;
        } else if (loadedSlot != wanted) {
            cursor.reset(table.dataBlock(index(), wanted, fillCache));
        }
        slot = wanted;
        loadedSlot = wanted;
        return cursor;
    }

    @Override
    public boolean first() {
        return set(index().count > 0 && load(0).first());
    }

    @Override
    public boolean last() {
        return set(index().count > 0 && load(index().count - 1).last());
    }

    @Override
    public boolean seek(byte[] userKey, int offset, int length, long trailer) {
        int found = index().ceiling(userKey, offset, length, trailer);
        if (found >= index().count) {
            return set(false);
        }
        if (load(found).ceiling(userKey, offset, length, trailer)) {
            return set(true);
        }
        return found + 1 < index().count ? set(load(found + 1).first()) : set(false);
    }

    @Override
    public boolean seekForPrev(byte[] userKey, int offset, int length, long trailer) {
        if (!seek(userKey, offset, length, trailer)) {
            return last();
        }
        boolean exact = trailer() == trailer
                && Bytes.equal(keyArray(), keyOffset(), keyLength(), userKey, offset, length);
        return exact || prev();
    }

    @Override
    public boolean next() {
        BlockCursor cursor = current();
        if (cursor.next()) {
            return true;
        }
        return slot + 1 < index().count ? set(load(slot + 1).first()) : set(false);
    }

    @Override
    public boolean prev() {
        BlockCursor cursor = current();
        if (cursor.prev()) {
            return true;
        }
        return slot > 0 ? set(load(slot - 1).last()) : set(false);
    }

    private boolean set(boolean value) {
        positioned = value;
        return value;
    }

    private BlockCursor current() {
        BlockCursor cursor = block;
        if (cursor == null || !positioned) {
            throw new IllegalStateException("the cursor has no position");
        }
        return cursor;
    }

    @Override
    public boolean isPositioned() {
        return positioned;
    }

    @Override
    public void read(EntryPosition into) {
        current().read(into);
    }

    @Override
    public byte[] keyArray() {
        return current().keyArray();
    }

    @Override
    public int keyOffset() {
        return current().keyOffset();
    }

    @Override
    public int keyLength() {
        return current().keyLength();
    }

    @Override
    public long trailer() {
        return current().trailer();
    }

    @Override
    public byte[] cellArray() {
        return current().cellArray();
    }

    @Override
    public int cellOffset() {
        return current().cellOffset();
    }

    @Override
    public int cellLength() {
        return current().cellLength();
    }

    @Override
    public void close() {
        positioned = false;
        block = null;
        loadedSlot = -1;
        index = null;
    }
}
