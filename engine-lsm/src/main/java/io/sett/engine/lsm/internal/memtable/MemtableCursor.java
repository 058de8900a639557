// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.memtable;

import io.sett.engine.lsm.internal.base.EntryPosition;
import io.sett.engine.lsm.internal.base.InternalCursor;

/** A position in a memtable. Sees entries that are added while it is open, or not. */
final class MemtableCursor implements InternalCursor {

    private final SkipList list;
    private int node;
    private int data;

    MemtableCursor(SkipList list) {
        this.list = list;
    }

    @Override
    public boolean first() {
        return at(list.next(SkipList.HEAD));
    }

    @Override
    public boolean last() {
        return at(list.last());
    }

    @Override
    public boolean seek(byte[] userKey, int offset, int length, long trailer) {
        return at(list.ceiling(userKey, offset, length, trailer));
    }

    @Override
    public boolean seekForPrev(byte[] userKey, int offset, int length, long trailer) {
        int found = list.ceiling(userKey, offset, length, trailer);
        if (found == 0) {
            return last();
        }
        at(found);
        boolean exact = trailer() == trailer && java.util.Arrays.equals(keyArray(), keyOffset(),
                keyOffset() + keyLength(), userKey, offset, offset + length);
        return exact || prev();
    }

    @Override
    public boolean next() {
        return at(list.next(node));
    }

    @Override
    public boolean prev() {
        return at(list.before(node));
    }

    private boolean at(int found) {
        node = found == SkipList.HEAD ? 0 : found;
        if (node != 0) {
            data = list.data(node);
        }
        return node != 0;
    }

    @Override
    public boolean isPositioned() {
        return node != 0;
    }

    @Override
    public void read(EntryPosition into) {
        list.read(data, into);
    }

    @Override
    public byte[] keyArray() {
        return list.array(data);
    }

    @Override
    public int keyOffset() {
        return list.keyOffset(data);
    }

    @Override
    public int keyLength() {
        return list.keyLength(data);
    }

    @Override
    public long trailer() {
        return list.trailer(data);
    }

    @Override
    public byte[] cellArray() {
        return list.array(data);
    }

    @Override
    public int cellOffset() {
        return list.cellOffset(data);
    }

    @Override
    public int cellLength() {
        return list.cellLength(data);
    }

    @Override
    public void close() {
        node = 0;
    }
}
