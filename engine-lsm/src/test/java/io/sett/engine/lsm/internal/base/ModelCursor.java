// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import java.util.Map;
import java.util.TreeMap;

/** A cursor over a TreeMap of flat keys. */
final class ModelCursor implements InternalCursor {

    private final TreeMap<byte[], byte[]> entries;
    private Map.Entry<byte[], byte[]> at;

    ModelCursor(TreeMap<byte[], byte[]> entries) {
        this.entries = entries;
    }

    private boolean at(Map.Entry<byte[], byte[]> entry) {
        at = entry;
        return entry != null;
    }

    @Override
    public boolean first() {
        return at(entries.firstEntry());
    }

    @Override
    public boolean last() {
        return at(entries.lastEntry());
    }

    @Override
    public boolean seek(byte[] userKey, int offset, int length, long trailer) {
        return at(entries.ceilingEntry(InternalKey.encode(userKey, offset, length, trailer)));
    }

    @Override
    public boolean seekForPrev(byte[] userKey, int offset, int length, long trailer) {
        return at(entries.floorEntry(InternalKey.encode(userKey, offset, length, trailer)));
    }

    @Override
    public boolean next() {
        return at(entries.higherEntry(at.getKey()));
    }

    @Override
    public boolean prev() {
        return at(entries.lowerEntry(at.getKey()));
    }

    @Override
    public boolean isPositioned() {
        return at != null;
    }

    @Override
    public byte[] keyArray() {
        return at.getKey();
    }

    @Override
    public int keyOffset() {
        return 0;
    }

    @Override
    public int keyLength() {
        return InternalKey.userKeyLength(at.getKey());
    }

    @Override
    public long trailer() {
        return InternalKey.trailer(at.getKey());
    }

    @Override
    public byte[] cellArray() {
        return at.getValue();
    }

    @Override
    public int cellOffset() {
        return 0;
    }

    @Override
    public int cellLength() {
        return at.getValue().length;
    }

    @Override
    public void close() {
        at = null;
    }
}
