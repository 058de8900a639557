// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.base.RangeCover;

/**
 * Turns deleted ranges into deletions of keys: before each value that the deletion of a range hides comes a DELETE of
 * the same key with the version of that deletion, the oldest one where there are several, unless something else hides
 * the value already. So whoever reads on needs to know nothing of ranges.
 *
 * <p>Where it stands on such a DELETE the source stands on one side of it: on the value behind it, or on the entry
 * before it, or has no position before the first one.
 */
final class RangeDeletionCursor implements InternalCursor {

    private enum At { SOURCE, MADE_SOURCE_BEHIND, MADE_SOURCE_BEFORE }

    private final InternalCursor source;
    private final RangeCover cover;
    private At at = At.SOURCE;
    private byte[] key = new byte[64];
    private int keyLength;
    private long trailer;

    /** Over all entries of a view, with its deletions. */
    RangeDeletionCursor(InternalCursor source, RangeCover cover) {
        this.source = source;
        this.cover = cover;
    }

    /** The DELETE that belongs before the value on which the source stands; 0 when none does. */
    private long made(long newerVersion) {
        long found = source.trailer();
        long version = InternalKey.version(found);
        if (InternalKey.kind(found) == EntryKind.DELETE || version == Limits.MAX_VERSION) {
            return 0;
        }
        long deletion = cover.oldestAbove(source.keyArray(), source.keyOffset(), source.keyLength(), version);
        return deletion != 0 && deletion < newerVersion ? InternalKey.trailer(deletion, EntryKind.DELETE) : 0;
    }

    private boolean stand(At where) {
        at = where;
        return where != At.SOURCE || source.isPositioned();
    }

    private boolean standOnMade(long madeTrailer, At where) {
        trailer = madeTrailer;
        if (where == At.MADE_SOURCE_BEHIND) {
            copyKey();
        }
        return stand(where);
    }

    private void copyKey() {
        keyLength = source.keyLength();
        key = Bytes.atLeast(key, keyLength);
        System.arraycopy(source.keyArray(), source.keyOffset(), key, 0, keyLength);
    }

    private boolean isAtKey(byte[] userKey, int offset, int length) {
        return Bytes.equal(source.keyArray(), source.keyOffset(), source.keyLength(), userKey, offset, length);
    }

    /** The version of the entry before the one on which the source stands, if it has the same key. */
    private long newerVersion() {
        copyKey();
        long newer = Long.MAX_VALUE;
        if (source.prev()) {
            newer = isAtKey(key, 0, keyLength) ? InternalKey.version(source.trailer()) : newer;
            source.next();
        } else {
            source.first();
        }
        return newer;
    }

    @Override
    public boolean first() {
        at = At.SOURCE;
        return source.first() && upTo(Long.MAX_VALUE);
    }

    private boolean upTo(long newerVersion) {
        long before = made(newerVersion);
        return before == 0 ? stand(At.SOURCE) : standOnMade(before, At.MADE_SOURCE_BEHIND);
    }

    @Override
    public boolean last() {
        source.last();
        return stand(At.SOURCE);
    }

    @Override
    public boolean seek(byte[] userKey, int offset, int length, long wanted) {
        at = At.SOURCE;
        if (!source.seek(userKey, offset, length, wanted)) {
            return false;
        }
        if (!isAtKey(userKey, offset, length)) {
            return upTo(Long.MAX_VALUE);
        }
        long before = made(Long.MAX_VALUE);
        boolean comesLater = before != 0 && Long.compareUnsigned(before, wanted) >= 0;
        return comesLater ? upTo(newerVersion()) : stand(At.SOURCE);
    }

    @Override
    public boolean seekForPrev(byte[] userKey, int offset, int length, long wanted) {
        at = At.SOURCE;
        boolean found = source.seekForPrev(userKey, offset, length, wanted);
        if (cover.newest(userKey, offset, length) == 0) {
            return found;
        }
        boolean sameKey = found && isAtKey(userKey, offset, length);
        long newer = sameKey ? InternalKey.version(source.trailer()) : Long.MAX_VALUE;
        boolean behind = found ? source.next() : source.first();
        if (behind && isAtKey(userKey, offset, length)) {
            long before = made(newer);
            if (before != 0 && Long.compareUnsigned(before, wanted) <= 0) {
                return standOnMade(before, At.MADE_SOURCE_BEHIND);
            }
        }
        boolean back = behind ? source.prev() : found && source.last();
        return found && back;
    }

    @Override
    public boolean next() {
        if (at == At.MADE_SOURCE_BEHIND) {
            return stand(At.SOURCE);
        }
        if (at == At.MADE_SOURCE_BEFORE) {
            boolean more = source.isPositioned() ? source.next() : source.first();
            at = At.SOURCE;
            return more;
        }
        long newer = InternalKey.version(source.trailer());
        copyKey();
        if (!source.next()) {
            return false;
        }
        return upTo(isAtKey(key, 0, keyLength) ? newer : Long.MAX_VALUE);
    }

    @Override
    public boolean prev() {
        if (at != At.SOURCE) {
            boolean more = at == At.MADE_SOURCE_BEHIND ? source.prev() : source.isPositioned();
            at = At.SOURCE;
            return more;
        }
        long before = made(Long.MAX_VALUE);
        if (before == 0) {
            return source.prev();
        }
        copyKey();
        boolean more = source.prev();
        boolean hidden = more && isAtKey(key, 0, keyLength)
                && InternalKey.version(source.trailer()) <= InternalKey.version(before);
        return hidden ? stand(At.SOURCE) : standOnMade(before, At.MADE_SOURCE_BEFORE);
    }

    @Override
    public boolean isPositioned() {
        return at != At.SOURCE || source.isPositioned();
    }

    @Override
    public byte[] keyArray() {
        return at == At.SOURCE ? source.keyArray() : key;
    }

    @Override
    public int keyOffset() {
        return at == At.SOURCE ? source.keyOffset() : 0;
    }

    @Override
    public int keyLength() {
        return at == At.SOURCE ? source.keyLength() : keyLength;
    }

    @Override
    public long trailer() {
        return at == At.SOURCE ? source.trailer() : trailer;
    }

    @Override
    public byte[] cellArray() {
        return at == At.SOURCE ? source.cellArray() : Bytes.EMPTY;
    }

    @Override
    public int cellOffset() {
        return at == At.SOURCE ? source.cellOffset() : 0;
    }

    @Override
    public int cellLength() {
        return at == At.SOURCE ? source.cellLength() : 0;
    }

    @Override
    public void close() {
        at = At.SOURCE;
        source.close();
    }
}
