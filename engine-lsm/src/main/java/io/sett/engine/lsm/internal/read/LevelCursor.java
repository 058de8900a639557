// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.engine.lsm.internal.base.EntryPosition;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.RangeCover;
import io.sett.engine.lsm.internal.table.TableReader;
import io.sett.engine.lsm.internal.version.FileMetadata;
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
    private final @Nullable RangeCover cover;
    private int current = -1;
    private @Nullable InternalCursor cursor;
    private boolean positioned;

    /** Tables {@code from} to {@code to}, without the latter. */
    LevelCursor(LevelTables tables, int from, int to, boolean fillCache) {
        this(tables, from, to, fillCache, null);
    }

    /**
     * Some tables without what deleted ranges hide.
     *
     * @param cover the deleted ranges; null shows everything
     */
    LevelCursor(LevelTables tables, int from, int to, boolean fillCache, @Nullable RangeCover cover) {
        this.cover = cover;
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
        RangeCover deleted = cover;
        if (deleted != null) {
            open = new SkippingCursor(open, deleted, tables.file(index).maxVersion());
        }
        cursor = open;
        current = index;
        return open;
    }

    @Override
    public boolean first() {
        return forwardFrom(from);
    }

    @Override
    public boolean last() {
        return backwardFrom(to - 1);
    }

    @Override
    public boolean seek(byte[] userKey, int offset, int length, long trailer) {
        int index = Math.max(from, tables.ceiling(userKey, offset, length));
        if (index < to && open(index).seek(userKey, offset, length, trailer)) {
            return set(true);
        }
        return forwardFrom(index + 1);
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
        return backwardFrom(index - 1);
    }

    /** To the first entry from that table on. A table may have none, when it only deletes ranges. */
    private boolean forwardFrom(int index) {
        for (int i = index; i < to; i++) {
            if (!isHidden(i) && open(i).first()) {
                return set(true);
            }
        }
        return set(false);
    }

    private boolean backwardFrom(int index) {
        for (int i = index; i >= from; i--) {
            if (!isHidden(i) && open(i).last()) {
                return set(true);
            }
        }
        return set(false);
    }

    /** Whether deleted ranges hide the whole table, so that it need not be opened. */
    private boolean isHidden(int index) {
        RangeCover deleted = cover;
        if (deleted == null) {
            return false;
        }
        FileMetadata file = tables.file(index);
        byte[] until = deleted.deadUntil(file.smallest(), 0, InternalKey.userKeyLength(file.smallest()),
                file.maxVersion());
        return until != null && InternalKey.compareUserKey(file.largest(), until) < 0;
    }

    @Override
    public boolean next() {
        if (open().next()) {
            return true;
        }
        return forwardFrom(current + 1);
    }

    @Override
    public boolean prev() {
        if (open().prev()) {
            return true;
        }
        return backwardFrom(current - 1);
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
    public void read(EntryPosition into) {
        open().read(into);
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
