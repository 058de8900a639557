// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.table.TableReader;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a sorted level, or a part of them, as one cursor. A table is opened only when the cursor gets to it, so
 * those outside the range are not touched.
 */
final class LevelCursor implements InternalCursor {

    private final LevelTables tables;
    private final int from;
    private final int to;
    private final boolean fillCache;
    private int current = -1;
    private @Nullable InternalCursor cursor;
    private boolean positioned;

    /** Tables {@code from} to {@code to}, without the latter. */
    LevelCursor(LevelTables tables, int from, int to, boolean fillCache) {
        this.tables = tables;
        this.from = from;
        this.to = to;
        this.fillCache = fillCache;
    }

    private InternalCursor open(int index) {
        InternalCursor open = cursor;
        if (open != null && current == index) {
            return open;
        }
        if (open != null) {
            open.close();
        }
        TableReader reader = tables.reader(index);
        open = reader.cursor(fillCache);
        cursor = open;
        current = index;
        return open;
    }

    @Override
    public boolean first() {
        return from < to ? set(open(from).first()) : set(false);
    }

    @Override
    public boolean last() {
        return from < to ? set(open(to - 1).last()) : set(false);
    }

    @Override
    public boolean seek(byte[] userKey, int offset, int length, long trailer) {
        int index = Math.max(from, tables.ceiling(userKey, offset, length));
        if (index >= to) {
            return set(false);
        }
        if (open(index).seek(userKey, offset, length, trailer)) {
            return set(true);
        }
        return index + 1 < to ? set(open(index + 1).first()) : set(false);
    }

    @Override
    public boolean seekForPrev(byte[] userKey, int offset, int length, long trailer) {
        int index = tables.ceiling(userKey, offset, length);
        if (index >= to) {
            return last();
        }
        if (index >= from && open(index).seekForPrev(userKey, offset, length, trailer)) {
            return set(true);
        }
        return index > from ? set(open(index - 1).last()) : set(false);
    }

    @Override
    public boolean next() {
        if (open().next()) {
            return true;
        }
        return current + 1 < to ? set(open(current + 1).first()) : set(false);
    }

    @Override
    public boolean prev() {
        if (open().prev()) {
            return true;
        }
        return current > from ? set(open(current - 1).last()) : set(false);
    }

    private boolean set(boolean value) {
        positioned = value;
        return value;
    }

    private InternalCursor open() {
        InternalCursor open = cursor;
        if (open == null || !positioned) {
            throw new IllegalStateException("the cursor has no position");
        }
        return open;
    }

    @Override
    public boolean isPositioned() {
        return positioned;
    }

    @Override
    public byte[] keyArray() {
        return open().keyArray();
    }

    @Override
    public int keyOffset() {
        return open().keyOffset();
    }

    @Override
    public int keyLength() {
        return open().keyLength();
    }

    @Override
    public long trailer() {
        return open().trailer();
    }

    @Override
    public byte[] cellArray() {
        return open().cellArray();
    }

    @Override
    public int cellOffset() {
        return open().cellOffset();
    }

    @Override
    public int cellLength() {
        return open().cellLength();
    }

    @Override
    public void close() {
        positioned = false;
        InternalCursor open = cursor;
        if (open != null) {
            open.close();
        }
        cursor = null;
        current = -1;
    }
}
