// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.engine.lsm.internal.base.EntryPosition;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.RangeCover;

/**
 * A cursor without the entries of deleted ranges, for a source that has nothing newer than those deletions: one search
 * leads past a range, whatever lies in it.
 */
final class SkippingCursor implements InternalCursor {

    private final InternalCursor source;
    private final RangeCover cover;
    private final long maxVersion;

    /**
     * Over a source.
     *
     * @param cover the deleted ranges; this cursor's own
     * @param maxVersion of all entries of the source
     */
    SkippingCursor(InternalCursor source, RangeCover cover, long maxVersion) {
        this.source = source;
        this.cover = cover;
        this.maxVersion = maxVersion;
    }

    private boolean up(boolean positioned) {
        boolean more = positioned;
        while (more) {
            byte[] until = cover.deadUntil(source.keyArray(), source.keyOffset(), source.keyLength(), maxVersion);
            if (until == null) {
                return true;
            }
            more = source.seek(until, 0, until.length, InternalKey.FIRST_TRAILER);
        }
        return false;
    }

    private boolean down(boolean positioned) {
        boolean more = positioned;
        while (more) {
            byte[] from = cover.deadFrom(source.keyArray(), source.keyOffset(), source.keyLength(), maxVersion);
            if (from == null) {
                return true;
            }
            more = source.seekForPrev(from, 0, from.length, InternalKey.FIRST_TRAILER);
        }
        return false;
    }

    @Override
    public boolean first() {
        return up(source.first());
    }

    @Override
    public boolean last() {
        return down(source.last());
    }

    @Override
    public boolean seek(byte[] userKey, int offset, int length, long trailer) {
        return up(source.seek(userKey, offset, length, trailer));
    }

    @Override
    public boolean seekForPrev(byte[] userKey, int offset, int length, long trailer) {
        return down(source.seekForPrev(userKey, offset, length, trailer));
    }

    @Override
    public boolean next() {
        return up(source.next());
    }

    @Override
    public boolean prev() {
        return down(source.prev());
    }

    @Override
    public boolean isPositioned() {
        return source.isPositioned();
    }

    @Override
    public void read(EntryPosition into) {
        source.read(into);
    }

    @Override
    public byte[] keyArray() {
        return source.keyArray();
    }

    @Override
    public int keyOffset() {
        return source.keyOffset();
    }

    @Override
    public int keyLength() {
        return source.keyLength();
    }

    @Override
    public long trailer() {
        return source.trailer();
    }

    @Override
    public byte[] cellArray() {
        return source.cellArray();
    }

    @Override
    public int cellOffset() {
        return source.cellOffset();
    }

    @Override
    public int cellLength() {
        return source.cellLength();
    }

    @Override
    public void close() {
        source.close();
    }
}
