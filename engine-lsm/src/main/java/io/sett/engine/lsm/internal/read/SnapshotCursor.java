// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InternalStorageException;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cursor of the API over the entries of a view: shows one snapshot, in one direction, within a range.
 *
 * <p>Writes of a transaction that is still open carry {@link Limits#MAX_VERSION}: they are visible whatever the
 * snapshot and their {@link #version()} is 0. With {@code allVersions} a reverse cursor is the exact mirror of the
 * forward one: versions of a key come oldest first.
 *
 * <p>A gate keeps a close from another thread (a closing store) apart from a running move; it is never contended
 * otherwise.
 */
public final class SnapshotCursor implements Cursor {

    private enum State { NEW, MOVED, CLOSED }

    /** From this timeout on a move looks at the clock only when it has become a long one. */
    private static final long LONG_TIMEOUT_NANOS = 100_000_000;
    private static final long NOT_LOOKED = Long.MIN_VALUE;

    private final MoveGate gate = new MoveGate();
    private final VisibleEntries entries;
    private final boolean reverse;
    private final long timeoutNanos;
    private final String store;
    private final Runnable onClose;
    private final SliceScope scope = new SliceScope("a position of a cursor");
    private final ValueCell cell = new ValueCell();
    private final ValuePointer pointer = new ValuePointer();
    private final @Nullable ValueLog values;
    private State state = State.NEW;
    private boolean parsed;
    private byte @Nullable [] loaded;
    private @Nullable Supplier<ReadAhead> readAheads;
    private volatile @Nullable ReadAhead readAhead;
    private boolean goesDown;
    private boolean loadedHere;
    private long moveBegan;

    /**
     * A cursor without position.
     *
     * @param source everything that may have entries of the range, see {@link ViewCursors}; closed with this cursor
     * @param snapshot the version up to which entries are visible
     * @param values where values are that are stored apart; null when there are none
     * @param millis the clock, milliseconds since 1970, for expiry
     * @param store its name, for messages
     * @param onClose runs once, after the source is closed; lets go of the view
     */
    public SnapshotCursor(InternalCursor source, long snapshot, CursorOptions options, @Nullable ValueLog values,
            LongSupplier millis, String store, Runnable onClose) {
        this.entries = new VisibleEntries(source, snapshot, options.sinceVersion(), options.allVersions(),
                options.range().start().orElse(null), options.range().end().orElse(null), millis, this::breathe);
        this.values = values;
        this.reverse = options.reverse();
        Duration timeout = options.read().timeoutOrNull();
        this.timeoutNanos = timeout == null ? 0 : timeout.toNanos();
        this.store = store;
        this.onClose = onClose;
    }

    /**
     * Lets scans over values that are stored apart read ahead; before the first move.
     *
     * @param sources opens what this cursor reads once more
     */
    public SnapshotCursor readingAhead(ReadAhead.Setting setting, Supplier<InternalCursor> sources) {
        if (!entries.isHistory()) {
            readAheads = () -> new ReadAhead(setting, () -> entries.over(sources.get()));
        }
        return this;
    }

    @Override
    public boolean first() {
        jump();
        try {
            return reverse ? entries.highest() : entries.lowest();
        } finally {
            gate.leave();
        }
    }

    @Override
    public boolean last() {
        jump();
        try {
            return reverse ? entries.lowest() : entries.highest();
        } finally {
            gate.leave();
        }
    }

    @Override
    public boolean seek(byte[] key) {
        jump();
        try {
            return reverse ? entries.floor(key) : entries.ceiling(key);
        } finally {
            gate.leave();
        }
    }

    @Override
    public boolean seekForPrev(byte[] key) {
        jump();
        try {
            return reverse ? entries.ceiling(key) : entries.floor(key);
        } finally {
            gate.leave();
        }
    }

    @Override
    public boolean next() {
        return move(reverse);
    }

    @Override
    public boolean prev() {
        return move(!reverse);
    }

    private void jump() {
        begin();
        ReadAhead ahead = readAhead;
        if (ahead != null) {
            ahead.reset();
        }
    }

    private boolean move(boolean down) {
        boolean isNew = begin();
        goesDown = down;
        try {
            ReadAhead ahead = readAhead;
            if (ahead != null) {
                ahead.moved(down);
            }
            if (isNew) {
                return down ? entries.highest() : entries.lowest();
            }
            if (!entries.isPositioned()) {
                return false;
            }
            return down ? entries.down() : entries.up();
        } finally {
            gate.leave();
        }
    }

    /** Enters the gate, ends the slices of the position before; says whether there was none yet. */
    private boolean begin() {
        gate.enter();
        State before = state;
        if (before == State.CLOSED) {
            gate.leave();
            throw closed();
        }
        state = State.MOVED;
        scope.end();
        parsed = false;
        loadedHere = false;
        if (timeoutNanos != 0) {
            moveBegan = timeoutNanos >= LONG_TIMEOUT_NANOS ? NOT_LOOKED : System.nanoTime();
        }
        return before == State.NEW;
    }

    private void breathe() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(ErrorCode.CANCELLED, "a move of a cursor of store '" + store
                    + "' was interrupted", Map.of("store", store));
        }
        if (timeoutNanos == 0) {
            return;
        }
        long now = System.nanoTime();
        if (moveBegan == NOT_LOOKED) {
            moveBegan = now;
        }
        if (now - moveBegan > timeoutNanos) {
            throw new DeadlineExceededException(ErrorCode.DEADLINE_EXCEEDED, "a move of a cursor of store '" + store
                    + "' took longer than its timeout of " + Duration.ofNanos(timeoutNanos)
                    + "; it skips many deleted entries, compact the range or allow more time", Map.of("store", store));
        }
    }

    private ClosedException closed() {
        return new ClosedException(ErrorCode.SCOPE_ENDED, "the cursor of store '" + store + "' is closed",
                Map.of("store", store));
    }

    private void requirePosition() {
        if (state == State.CLOSED) {
            throw closed();
        }
        if (!entries.isPositioned()) {
            throw new InvalidOperationException(ErrorCode.NOT_POSITIONED, "the cursor of store '" + store
                    + "' has no position; read only after a move that answered true", Map.of("store", store));
        }
    }

    private ValueCell cell() {
        requirePosition();
        if (!parsed) {
            entries.parse(cell);
            parsed = true;
        }
        return cell;
    }

    @Override
    public boolean isPositioned() {
        if (state == State.CLOSED) {
            throw closed();
        }
        return entries.isPositioned();
    }

    @Override
    public Slice keySlice() {
        requirePosition();
        return scope.slice(entries.key(), 0, entries.keyLength());
    }

    @Override
    public byte[] key() {
        requirePosition();
        return Arrays.copyOf(entries.key(), entries.keyLength());
    }

    @Override
    public Slice valueSlice() {
        ValueCell value = valueCell();
        if (isSeparated()) {
            return scope.slice(load(value), 0, pointer.length());
        }
        return scope.slice(value.array(), value.payloadOffset(), value.payloadLength());
    }

    @Override
    public byte[] value() {
        ValueCell value = valueCell();
        if (isSeparated()) {
            return loadedHere ? Arrays.copyOf(load(value), pointer.length()) : read(point(value));
        }
        return Arrays.copyOfRange(value.array(), value.payloadOffset(),
                value.payloadOffset() + value.payloadLength());
    }

    @Override
    public long valueSize() {
        ValueCell value = valueCell();
        return isSeparated() ? point(value).length() : value.payloadLength();
    }

    private boolean isSeparated() {
        return InternalKey.kind(entries.trailer()) == EntryKind.PUT_POINTER;
    }

    /** Reads the value once for each position, into a buffer that the next position may take over. */
    private byte[] load(ValueCell value) {
        byte[] buffer = loaded;
        if (buffer == null || !loadedHere) {
            ValuePointer place = point(value);
            if (buffer != null) {
                valueLog().giveBack(buffer);
                loaded = null;
            }
            buffer = borrow(place);
            loaded = buffer;
            loadedHere = true;
        }
        return buffer;
    }

    private byte[] borrow(ValuePointer place) {
        long begun = loadBegins();
        byte[] buffer = valueLog().borrow(place);
        loadEnds(begun, place);
        return buffer;
    }

    private byte[] read(ValuePointer place) {
        long begun = loadBegins();
        byte[] value = valueLog().read(place);
        loadEnds(begun, place);
        return value;
    }

    private long loadBegins() {
        ReadAhead ahead = readAhead;
        Supplier<ReadAhead> makers = readAheads;
        if (ahead == null && makers != null) {
            // Only now, since most cursors read no value that is stored apart.
            ahead = makers.get();
            readAhead = ahead;
        }
        return ahead == null ? 0 : ahead.begin();
    }

    private void loadEnds(long begun, ValuePointer place) {
        ReadAhead ahead = readAhead;
        if (ahead != null) {
            ahead.loaded(begun, place.length(), entries.key(), entries.keyLength(), goesDown);
        }
    }

    private ValuePointer point(ValueCell value) {
        Cells.parse(pointer, value, entries.trailer());
        return pointer;
    }

    private ValueLog valueLog() {
        ValueLog log = values;
        if (log == null) {
            throw new InternalStorageException(ErrorCode.INTERNAL, "store '" + store
                    + "' has a value stored apart from its key, and no value log");
        }
        return log;
    }

    private ValueCell valueCell() {
        ValueCell value = cell();
        int kind = InternalKey.kind(entries.trailer());
        if (kind > EntryKind.PUT_POINTER) {
            throw new InternalStorageException(ErrorCode.INTERNAL, "store '" + store + "' has an entry of kind " + kind
                    + ", which this version of the library does not write");
        }
        return value;
    }

    @Override
    public long version() {
        requirePosition();
        long version = InternalKey.version(entries.trailer());
        return version == Limits.MAX_VERSION ? 0 : version;
    }

    @Override
    public Optional<Instant> expiresAt() {
        long expiry = cell().expiresAt();
        return expiry == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expiry));
    }

    @Override
    public byte metadata() {
        return cell().userMeta();
    }

    @Override
    public boolean isDeletion() {
        requirePosition();
        return InternalKey.kind(entries.trailer()) == EntryKind.DELETE;
    }

    @Override
    public void close() {
        gate.enter();
        try {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            // The buffer is not given back: the thread that closes need not be the one that reads.
            scope.end();
            ReadAhead ahead = readAhead;
            if (ahead != null) {
                ahead.close();
            }
            entries.close();
        } finally {
            gate.leave();
        }
        onClose.run();
    }
}
