// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.engine.sqlite.internal.db.Prepared;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A position in the rows of one version. A running query goes on in one direction; turning round begins another query
 * behind the current key. "Up" is towards higher keys, whatever the direction of the cursor. Values are read from the
 * current row when they are asked for; a cursor that was asked for one reads the next ones together with their keys.
 */
final class KvCursor implements Cursor {

    private static final String WHAT = "cursor";

    private final KvParts parts;
    private final ReadView view;
    private final KeyRange range;
    private final byte @Nullable [] start;
    private final byte @Nullable [] end;
    private final CursorOptions options;
    private final Runnable afterwards;
    private final SliceScope scope = new SliceScope("a cursor position");
    private HandleTracker.@Nullable Handle handle;

    private @Nullable Prepared rows;
    private boolean onFirstRow;
    private boolean wantsValues;
    private boolean goesUp;
    private boolean started;
    private byte @Nullable [] key;
    private byte @Nullable [] value;
    private long expires;
    private @Nullable ClosedException closed;

    private KvCursor(KvParts parts, ReadView view, CursorOptions options, Runnable afterwards) {
        this.parts = parts;
        this.view = view;
        this.options = options;
        this.range = options.range();
        this.start = range.start().orElse(null);
        this.end = range.end().orElse(null);
        this.afterwards = afterwards;
    }

    /**
     * Opens a cursor.
     *
     * @param tracked whether it is registered as a handle
     * @param afterwards runs once when it is closed
     */
    static KvCursor open(KvParts parts, ReadView view, CursorOptions options, boolean tracked, Runnable afterwards) {
        KvCursor cursor = new KvCursor(parts, view, options, afterwards);
        if (tracked) {
            cursor.handle = parts.handles().open("cursor", () -> cursor.close(new ClosedException(
                    ErrorCode.STORE_CLOSED,
                    "store '" + parts.arguments().store() + "': this cursor was closed with its store")));
        }
        return cursor;
    }

    // --- moves ---

    private interface Step<T> {
        T run(Session session) throws SQLException;
    }

    private <T> T call(Step<T> step) {
        view.lock().lock();
        try {
            if (closed != null) {
                throw new ClosedException(closed.code(), String.valueOf(closed.getMessage()), Map.of(), closed);
            }
            Session session = view.session();
            Deadline deadline = Deadline.after(options.read().timeout());
            session.enter(deadline, WHAT);
            try {
                return step.run(session);
            } catch (SQLException failed) {
                throw session.error(WHAT, Optional.empty(), failed);
            } finally {
                session.leave();
            }
        } finally {
            view.lock().unlock();
        }
    }

    @Override
    public boolean first() {
        return call(session -> jump(session, !options.reverse(), null, true));
    }

    @Override
    public boolean last() {
        return call(session -> jump(session, options.reverse(), null, true));
    }

    @Override
    public boolean seek(byte[] wanted) {
        byte[] from = wanted.clone();
        return call(session -> jump(session, !options.reverse(), from, true));
    }

    @Override
    public boolean seekForPrev(byte[] wanted) {
        byte[] from = wanted.clone();
        return call(session -> jump(session, options.reverse(), from, true));
    }

    @Override
    public boolean next() {
        return call(session -> step(session, !options.reverse()));
    }

    @Override
    public boolean prev() {
        return call(session -> step(session, options.reverse()));
    }

    private boolean step(Session session, boolean up) throws SQLException {
        if (!started) {
            return jump(session, up, null, true);
        }
        byte[] here = key;
        if (here == null) {
            return false;
        }
        return rows != null && goesUp == up ? advance(session) : jump(session, up, here, false);
    }

    /** Begins a query at a key, or at the edge of the range, and goes to its first row. */
    private boolean jump(Session session, boolean up, byte @Nullable [] from, boolean inclusive) throws SQLException {
        stop(session);
        leave();
        started = true;
        goesUp = up;
        if (range.isEmpty()) {
            return false;
        }
        KvTable.Bound low = start == null ? null : new KvTable.Bound(start, true);
        KvTable.Bound high = end == null ? null : new KvTable.Bound(end, false);
        if (from != null && up && (start == null || Arrays.compareUnsigned(from, start) >= 0)) {
            low = new KvTable.Bound(from, inclusive);
        } else if (from != null && !up && (end == null || Arrays.compareUnsigned(from, end) < 0)) {
            high = new KvTable.Bound(from, inclusive);
        }
        begin(session, low, high, up);
        return advance(session);
    }

    private void begin(Session session, KvTable.@Nullable Bound low, KvTable.@Nullable Bound high, boolean up)
            throws SQLException {
        Prepared query = session.take(parts.table().scan(low, high, up));
        try {
            if (low != null && high != null) {
                onFirstRow = query.start(low.key(), high.key());
            } else if (low != null || high != null) {
                onFirstRow = query.start(low != null ? low.key() : high.key());
            } else {
                onFirstRow = query.start();
            }
        } catch (SQLException failed) {
            session.drop(query, failed);
            throw failed;
        }
        if (onFirstRow) {
            rows = query;
        } else {
            session.give(query);
        }
    }

    private boolean advance(Session session) throws SQLException {
        leave();
        Prepared query = rows;
        if (query != null) {
            synchronized (query.lock()) {
                if (reachLive(query)) {
                    return true;
                }
            }
        }
        stop(session);
        return false;
    }

    /** Goes to the next row that has not expired and reads it. */
    private boolean reachLive(Prepared query) throws SQLException {
        while (onFirstRow || query.next()) {
            onFirstRow = false;
            long until = parts.expiries().of(query, 3);
            if (!parts.expiries().isOver(until)) {
                key = query.blob(0);
                value = wantsValues ? query.blob(1) : null;
                expires = until;
                return true;
            }
        }
        return false;
    }

    private void leave() {
        scope.end();
        key = null;
        value = null;
    }

    private void stop(Session session) throws SQLException {
        Prepared query = rows;
        rows = null;
        onFirstRow = false;
        if (query != null) {
            query.reset();
            session.give(query);
        }
    }

    // --- the entry ---

    @Override
    public boolean isPositioned() {
        return key != null;
    }

    private byte[] here() {
        byte[] now = key;
        if (closed != null) {
            throw new ClosedException(closed.code(), String.valueOf(closed.getMessage()), Map.of(), closed);
        }
        if (now == null) {
            throw new InvalidOperationException(ErrorCode.NOT_POSITIONED, "store '" + parts.arguments().store()
                    + "': this cursor stands on no entry; read it only after a move that answered true");
        }
        return now;
    }

    @Override
    public Slice keySlice() {
        byte[] now = here();
        return scope.slice(now, 0, now.length);
    }

    @Override
    public byte[] key() {
        return here().clone();
    }

    private byte[] loaded() {
        here();
        byte[] known = value;
        if (known == null) {
            known = call(session -> current().blob(1));
            value = known;
            wantsValues = true;
        }
        return known;
    }

    private Prepared current() {
        here();
        Prepared result = rows;
        if (result == null) {
            throw new IllegalStateException("a positioned cursor has a row");
        }
        return result;
    }

    @Override
    public Slice valueSlice() {
        byte[] now = loaded();
        return scope.slice(now, 0, now.length);
    }

    @Override
    public byte[] value() {
        return loaded().clone();
    }

    @Override
    public long version() {
        here();
        return call(session -> current().integer(2));
    }

    @Override
    public Optional<Instant> expiresAt() {
        here();
        return expires == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires));
    }

    @Override
    public byte metadata() {
        here();
        return call(session -> (byte) current().integer(4));
    }

    @Override
    public boolean isDeletion() {
        here();
        return false;
    }

    @Override
    public void close() {
        close(new ClosedException(ErrorCode.SCOPE_ENDED, "this cursor is closed; open another one"));
    }

    /** Ends it; its next use throws this. Idempotent. */
    void close(ClosedException why) {
        view.lock().lock();
        try {
            if (closed != null) {
                return;
            }
            closed = why;
            leave();
            stop(view.session());
        } catch (SQLException failed) {
            throw view.session().error(WHAT, Optional.empty(), failed);
        } finally {
            view.lock().unlock();
        }
        if (handle != null) {
            handle.close();
        }
        afterwards.run();
    }
}
