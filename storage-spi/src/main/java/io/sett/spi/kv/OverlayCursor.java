// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over committed entries and, laid over them, the pending writes of one moment. Own writes hide committed
 * entries of the same key, and ranges that are removed hide those in them; with {@code allVersions} own writes come
 * before them instead, as the newest version, and nothing is hidden.
 *
 * <p>Between moves it stands in a mode: having moved forward, both sources stand at the current entry or at their first
 * one behind it; having moved back, at the current entry or at their last one before it. Turning round costs one search
 * in the pending writes and a step or two of the committed cursor. "Forward" is the cursor's own direction, "up" is
 * towards higher keys.
 *
 * <p>Threads: one at a time. Closing it closes the committed cursor and the view of the writes.
 */
public final class OverlayCursor implements Cursor {

    private enum Source { NONE, COMMITTED, OWN }

    private final Cursor committed;
    private final WriteSet.View own;
    private final Clock clock;
    private final KeyRange range;
    private final byte @Nullable [] rangeStart;
    private final byte @Nullable [] rangeEnd;
    private final boolean reverse;
    private final boolean hides;
    private final boolean showsDeletions;
    private final @Nullable ScanRecorder scans;
    private final SliceScope scope = new SliceScope("a cursor position");

    private boolean started;
    private boolean moving;
    private boolean movedForward;
    private Source source = Source.NONE;
    private boolean committedHere;
    private @Nullable PendingWrite nextOwn;
    private @Nullable PendingWrite current;

    /**
     * Lays pending writes over a cursor.
     *
     * @param committed a cursor without position, made with the same options
     * @param own the pending writes
     * @param options range, direction and what is shown
     * @param clock for times to live of pending writes
     * @param reads where the ranges looked over are remembered, or null when nobody asks for them
     */
    public OverlayCursor(Cursor committed, WriteSet.View own, CursorOptions options, Clock clock,
            @Nullable ReadSet reads) {
        this.committed = committed;
        this.own = own;
        this.clock = clock;
        this.range = options.range();
        this.rangeStart = range.start().orElse(null);
        this.rangeEnd = range.end().orElse(null);
        this.reverse = options.reverse();
        this.hides = !options.allVersions();
        this.showsDeletions = options.allVersions() || options.sinceVersion() > 0;
        this.scans = reads == null ? null : new ScanRecorder(reads, range);
    }

    @Override
    public boolean first() {
        beforeJump();
        if (scans != null) {
            scans.jumpToEdge(!reverse);
        }
        committedHere = committed.first();
        nextOwn = ownEdge(!reverse);
        return settle(true);
    }

    @Override
    public boolean last() {
        beforeJump();
        if (scans != null) {
            scans.jumpToEdge(reverse);
        }
        committedHere = committed.last();
        nextOwn = ownEdge(reverse);
        return settle(false);
    }

    @Override
    public boolean seek(byte[] key) {
        beforeJump();
        if (scans != null) {
            scans.jumpTo(key);
        }
        committedHere = committed.seek(key);
        nextOwn = ownFrom(key, !reverse, true);
        return settle(true);
    }

    @Override
    public boolean seekForPrev(byte[] key) {
        beforeJump();
        if (scans != null) {
            scans.jumpTo(key);
        }
        committedHere = committed.seekForPrev(key);
        nextOwn = ownFrom(key, reverse, true);
        return settle(false);
    }

    @Override
    public boolean next() {
        return step(true);
    }

    @Override
    public boolean prev() {
        return step(false);
    }

    private boolean step(boolean forward) {
        if (moving) {
            throw new InvalidOperationException(ErrorCode.NOT_POSITIONED, "the last move of this cursor over " + range
                    + " failed, so it has no position to go on from; seek first");
        }
        if (!started) {
            return forward ? first() : last();
        }
        if (source == Source.NONE) {
            return false;
        }
        if (forward != movedForward) {
            recordPosition();
        }
        scope.end();
        moving = true;
        if (forward != movedForward) {
            turn(forward);
        }
        if (source == Source.COMMITTED) {
            committedHere = forward ? committed.next() : committed.prev();
        }
        return settle(forward);
    }

    private void beforeJump() {
        scope.end();
        recordPosition();
        started = true;
        moving = true;
        source = Source.NONE;
    }

    /** Puts both sources on the other side of the current entry. */
    private void turn(boolean forward) {
        boolean up = forward != reverse;
        if (source == Source.COMMITTED) {
            boolean sameKeyLiesThere = !hides && !forward;
            nextOwn = ownFrom(committed.key(), up, sameKeyLiesThere);
            return;
        }
        byte[] key = currentOwn().key();
        nextOwn = ownFrom(key, up, false);
        committedHere = committedHere ? stepCommitted(forward) : forward ? committed.first() : committed.last();
        skipDeleted(forward);
        while (hides && committedHere && committed.keySlice().compareTo(key) == 0) {
            committedHere = stepCommitted(forward);
            skipDeleted(forward);
        }
    }

    /** Past committed entries in ranges that are removed. */
    private void skipDeleted(boolean forward) {
        if (!hides || !own.deletesRanges()) {
            return;
        }
        boolean up = forward != reverse;
        while (committedHere) {
            KeyRange deleted = own.deletedRange(committed.key());
            byte[] border = deleted == null ? null : (up ? deleted.end() : deleted.start()).orElse(null);
            if (deleted == null) {
                return;
            }
            committedHere = border != null && (forward ? committed.seek(border) : committed.seekForPrev(border));
            if (committedHere && !up && committed.keySlice().compareTo(border) == 0) {
                committedHere = stepCommitted(forward);
            }
        }
    }

    private boolean stepCommitted(boolean forward) {
        return forward ? committed.next() : committed.prev();
    }

    /** Chooses the nearer one of the two candidates until it is one to be shown. */
    private boolean settle(boolean forward) {
        movedForward = forward;
        boolean up = forward != reverse;
        skipDeleted(forward);
        while (committedHere || nextOwn != null) {
            int order = committedHere ? order(up) : 1;
            if (order == 0 && hides) {
                committedHere = stepCommitted(forward);
                skipDeleted(forward);
            } else if (order < 0 || order == 0 && !forward) {
                return stand(Source.COMMITTED, null);
            } else {
                PendingWrite write = nextOwn;
                nextOwn = ownFrom(write.key(), up, false);
                if (showsDeletions && write.isDeletion() || write.hasValue(clock)) {
                    return stand(Source.OWN, write);
                }
            }
        }
        if (scans != null) {
            scans.reachEdge(up);
        }
        return stand(Source.NONE, null);
    }

    private boolean stand(Source newSource, @Nullable PendingWrite own) {
        source = newSource;
        current = own;
        moving = false;
        return newSource != Source.NONE;
    }

    /** Below 0 when the committed candidate comes first in this direction. */
    private int order(boolean up) {
        if (nextOwn == null) {
            return -1;
        }
        int order = committed.keySlice().compareTo(nextOwn.key());
        return up ? order : -order;
    }

    private @Nullable PendingWrite ownEdge(boolean up) {
        PendingWrite write = up ? own.up(rangeStart, true) : own.down(rangeEnd, false);
        return write != null && range.contains(write.key()) ? write : null;
    }

    private @Nullable PendingWrite ownFrom(byte[] key, boolean up, boolean inclusive) {
        if (up ? range.isBelow(key) : range.isAbove(key)) {
            return ownEdge(up);
        }
        PendingWrite write = up ? own.up(key, inclusive) : own.down(key, inclusive);
        return write != null && range.contains(write.key()) ? write : null;
    }

    @Override
    public boolean isPositioned() {
        return source != Source.NONE && !moving;
    }

    private PendingWrite currentOwn() {
        PendingWrite write = current;
        if (write == null) {
            throw notPositioned();
        }
        return write;
    }

    private InvalidOperationException notPositioned() {
        return new InvalidOperationException(ErrorCode.NOT_POSITIONED, "this cursor over " + range
                + " stands on no entry; go on only while a move returns true");
    }

    private boolean onCommitted() {
        if (!isPositioned()) {
            throw notPositioned();
        }
        return source == Source.COMMITTED;
    }

    @Override
    public Slice keySlice() {
        return onCommitted() ? committed.keySlice() : whole(currentOwn().key());
    }

    @Override
    public Slice valueSlice() {
        return onCommitted() ? committed.valueSlice() : whole(currentOwn().value());
    }

    private Slice whole(byte[] bytes) {
        return scope.slice(bytes, 0, bytes.length);
    }

    @Override
    public byte[] key() {
        return onCommitted() ? committed.key() : currentOwn().key().clone();
    }

    @Override
    public byte[] value() {
        return onCommitted() ? committed.value() : currentOwn().value().clone();
    }

    @Override
    public long valueSize() {
        return onCommitted() ? committed.valueSize() : currentOwn().value().length;
    }

    @Override
    public long version() {
        return onCommitted() ? committed.version() : 0;
    }

    @Override
    public Optional<Instant> expiresAt() {
        if (onCommitted()) {
            return committed.expiresAt();
        }
        long millis = currentOwn().expiresAtMillis();
        return millis == PendingWrite.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public byte metadata() {
        return onCommitted() ? committed.metadata() : currentOwn().metadata();
    }

    @Override
    public boolean isDeletion() {
        return onCommitted() ? committed.isDeletion() : currentOwn().isDeletion();
    }

    private void recordPosition() {
        if (scans != null && source != Source.NONE && !moving) {
            scans.reach(source == Source.COMMITTED ? committed.key() : currentOwn().key());
        }
    }

    /** Writes the range looked over since the last jump into the read set; for a commit with the cursor still open. */
    void recordScan() {
        if (scans != null) {
            recordPosition();
            scans.flush();
        }
    }

    @Override
    public void close() {
        scope.end();
        own.close();
        committed.close();
        source = Source.NONE;
    }
}
