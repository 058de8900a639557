// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.EntryPosition;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.base.ValueCell;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Of all entries those that a reader sees, by ascending key in the sense of {@link #up} and {@link #down}.
 *
 * <p>Normally of each key the newest version that is not above the snapshot, if that is neither deleted nor expired.
 * With a history all versions between two bounds. Going up, the source stands on the entry shown. Going down, versions
 * come from old to new, so the source has to go past the key to know the newest; it then stands below, and the entry
 * shown is remembered (the bytes of cells do not change). The key is always a copy.
 */
final class VisibleEntries implements AutoCloseable {

    /** Steps after which a run of unwanted versions is jumped over by a search. */
    private static final int STEPS_BEFORE_SEEK = 8;

    /** Called now and then during long moves; ends them by throwing. */
    interface Breather {
        void breathe();
    }

    private static final int BREATHE_EVERY = 255;

    private final InternalCursor source;
    private final long snapshot;
    private final long since;
    private final boolean history;
    private final byte @Nullable [] start;
    private final byte @Nullable [] end;
    private final LongSupplier millis;
    private final Breather breather;
    /** Where the source stands, when it does. */
    private final EntryPosition at = new EntryPosition();
    private boolean below;
    private boolean positioned;
    private int steps;
    private byte[] key = new byte[64];
    private int keyLength;
    private long trailer;
    private byte[] cell = Bytes.EMPTY;
    private int cellOffset;
    private int cellLength;

    VisibleEntries(InternalCursor source, long snapshot, long since, boolean history, byte @Nullable [] start,
            byte @Nullable [] end, LongSupplier millis, Breather breather) {
        this.source = source;
        this.snapshot = snapshot;
        this.since = since;
        this.history = history;
        this.start = start;
        this.end = end;
        this.millis = millis;
        this.breather = breather;
    }

    /** The same entries, read once more. */
    VisibleEntries over(InternalCursor other) {
        return new VisibleEntries(other, snapshot, since, history, start, end, millis, breather);
    }

    /** Whether it shows all versions of a key. */
    boolean isHistory() {
        return history;
    }

    boolean lowest() {
        byte[] low = start;
        return scanUp(moved(low == null ? source.first()
                : source.seek(low, 0, low.length, InternalKey.FIRST_TRAILER)));
    }

    boolean highest() {
        byte[] high = end;
        return scanDown(moved(high == null ? source.last()
                : source.seekForPrev(high, 0, high.length, InternalKey.FIRST_TRAILER)));
    }

    /** The first one at or above the key. */
    boolean ceiling(byte[] wanted) {
        byte[] low = start;
        if (low != null && Bytes.compare(wanted, 0, wanted.length, low, 0, low.length) < 0) {
            return lowest();
        }
        return scanUp(moved(source.seek(wanted, 0, wanted.length, InternalKey.FIRST_TRAILER)));
    }

    /** The last one at or below the key. */
    boolean floor(byte[] wanted) {
        byte[] high = end;
        if (high != null && Bytes.compare(wanted, 0, wanted.length, high, 0, high.length) >= 0) {
            return highest();
        }
        return scanDown(moved(source.seekForPrev(wanted, 0, wanted.length, InternalKey.LAST_TRAILER)));
    }

    /** Only when positioned. */
    boolean up() {
        if (history) {
            return scanUp(moved(source.next()));
        }
        return scanUp(below ? moved(source.seek(key, 0, keyLength, InternalKey.LAST_TRAILER))
                && (!atKey() || leaveKeyUp()) : leaveKeyUp());
    }

    /** Only when positioned. */
    boolean down() {
        if (history) {
            return scanDown(moved(source.prev()));
        }
        return scanDown(below ? source.isPositioned() : leaveKeyDown());
    }

    private boolean moved(boolean positioned) {
        if (positioned) {
            source.read(at);
        }
        return positioned;
    }

    /** From an entry of the key to the first one behind it. */
    private boolean leaveKeyUp() {
        int skipped = 0;
        do {
            boolean more = moved(skipped++ == STEPS_BEFORE_SEEK
                    ? source.seek(key, 0, keyLength, InternalKey.LAST_TRAILER) : source.next());
            if (!more) {
                return false;
            }
            step();
        } while (atKey());
        return true;
    }

    /** From an entry of the key to the last one before it. */
    private boolean leaveKeyDown() {
        int skipped = 0;
        do {
            boolean more = moved(skipped++ == STEPS_BEFORE_SEEK
                    ? source.seekForPrev(key, 0, keyLength, InternalKey.FIRST_TRAILER) : source.prev());
            if (!more) {
                return false;
            }
            step();
        } while (atKey());
        return true;
    }

    private boolean atKey() {
        return at.hasKey(key, 0, keyLength);
    }

    private boolean scanUp(boolean from) {
        below = false;
        boolean more = from;
        while (more && isBelowEnd()) {
            long found = at.trailer();
            if (history) {
                if (inHistory(found)) {
                    return take();
                }
                more = moved(source.next());
            } else if (!isVisible(found)) {
                more = skipInvisible();
            } else {
                takeKey();
                if (isShown()) {
                    return take();
                }
                more = leaveKeyUp();
            }
            step();
        }
        positioned = false;
        return false;
    }

    /** Past versions above the snapshot, which may be many for one key. */
    private boolean skipInvisible() {
        takeKey();
        for (int skipped = 0; skipped < STEPS_BEFORE_SEEK; skipped++) {
            if (!moved(source.next())) {
                return false;
            }
            if (!atKey() || isVisible(at.trailer())) {
                return true;
            }
        }
        return moved(source.seek(key, 0, keyLength, InternalKey.seekTrailer(snapshot)));
    }

    private boolean scanDown(boolean from) {
        boolean more = from;
        while (more && isAboveStart()) {
            if (history) {
                if (inHistory(at.trailer())) {
                    return take();
                }
                more = moved(source.prev());
            } else {
                boolean shown = newestDown();
                more = source.isPositioned();
                if (shown) {
                    below = true;
                    positioned = true;
                    return true;
                }
            }
            step();
        }
        positioned = false;
        return false;
    }

    /** Goes down past one key, remembers its newest visible version, and says whether that is shown. */
    private boolean newestDown() {
        takeKey();
        boolean any = false;
        boolean shown = false;
        do {
            if (!isVisible(at.trailer())) {
                leaveKeyDown();
                break;
            }
            any = true;
            shown = isShown();
            remember();
            step();
        } while (moved(source.prev()) && atKey());
        return any && shown;
    }

    private boolean isVisible(long found) {
        long version = InternalKey.version(found);
        return version <= snapshot || version == Limits.MAX_VERSION;
    }

    private boolean inHistory(long found) {
        return isVisible(found) && InternalKey.version(found) > since
                && (InternalKey.kind(found) == EntryKind.DELETE || !isExpired());
    }

    private boolean isShown() {
        long found = at.trailer();
        if (InternalKey.version(found) <= since) {
            return false;
        }
        return InternalKey.kind(found) == EntryKind.DELETE ? since > 0 : !isExpired();
    }

    private boolean isExpired() {
        long expiry = ValueCell.expiresAt(at.cellArray(), at.cellOffset(), at.cellLength());
        return expiry != 0 && expiry <= millis.getAsLong();
    }

    private boolean isBelowEnd() {
        byte[] high = end;
        return high == null || Bytes.compare(at.keyArray(), at.keyOffset(), at.keyLength(), high, 0,
                high.length) < 0;
    }

    private boolean isAboveStart() {
        byte[] low = start;
        return low == null || Bytes.compare(at.keyArray(), at.keyOffset(), at.keyLength(), low, 0, low.length) >= 0;
    }

    private boolean take() {
        if (history) {
            takeKey();
        }
        remember();
        positioned = true;
        return true;
    }

    private void takeKey() {
        keyLength = at.keyLength();
        key = Bytes.atLeast(key, keyLength);
        System.arraycopy(at.keyArray(), at.keyOffset(), key, 0, keyLength);
    }

    private void remember() {
        trailer = at.trailer();
        cell = at.cellArray();
        cellOffset = at.cellOffset();
        cellLength = at.cellLength();
    }

    private void step() {
        if ((++steps & BREATHE_EVERY) == 0) {
            breather.breathe();
        }
    }

    boolean isPositioned() {
        return positioned;
    }

    byte[] key() {
        return key;
    }

    int keyLength() {
        return keyLength;
    }

    long trailer() {
        return trailer;
    }

    void parse(ValueCell view) {
        Cells.parse(view, cell, cellOffset, cellLength, trailer);
    }

    @Override
    public void close() {
        positioned = false;
        source.close();
    }
}
