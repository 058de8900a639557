// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.sql.RowMapper;
import io.sett.engine.sqlite.internal.db.Prepared;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.engine.sqlite.internal.text.SqlText;
import io.sett.spi.Deadline;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows of a query, one at a time. Its user and a closing store take turns by a lock. */
final class RowStream<T> extends Spliterators.AbstractSpliterator<T> {

    private static final String WHAT = "stream";

    private final Session session;
    private final ReentrantLock lock;
    private final Deadline deadline;
    private final Prepared prepared;
    private final ResultRow row;
    private final RowMapper<? extends T> mapper;
    private final LongAdder rowsRead;
    private final Runnable afterwards;
    private boolean onFirstRow;
    private boolean over;
    private @Nullable ClosedException closed;

    private RowStream(Session session, ReentrantLock lock, Deadline deadline, Prepared prepared, boolean onFirstRow,
            RowMapper<? extends T> mapper, LongAdder rowsRead, Runnable afterwards) throws SQLException {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.session = session;
        this.lock = lock;
        this.deadline = deadline;
        this.prepared = prepared;
        this.onFirstRow = onFirstRow;
        this.over = !onFirstRow;
        this.mapper = mapper;
        this.rowsRead = rowsRead;
        this.afterwards = afterwards;
        this.row = new ResultRow(session, prepared);
    }

    /**
     * Begins to read.
     *
     * @param lock held by whoever uses the connection
     * @param afterwards runs once, when the stream is closed; not when this method throws
     */
    static <T> RowStream<T> open(Session session, ReentrantLock lock, Deadline deadline, SqlText text,
            @Nullable Object[] values, RowMapper<? extends T> mapper, LongAdder rowsRead, Runnable afterwards) {
        lock.lock();
        try {
            session.enter(deadline, WHAT);
            try {
                return start(session, lock, deadline, text, values, mapper, rowsRead, afterwards);
            } catch (SQLException failed) {
                throw session.error(WHAT, Optional.of(text.sql()), failed);
            } finally {
                session.leave();
            }
        } finally {
            lock.unlock();
        }
    }

    private static <T> RowStream<T> start(Session session, ReentrantLock lock, Deadline deadline, SqlText text,
            @Nullable Object[] values, RowMapper<? extends T> mapper, LongAdder rowsRead, Runnable afterwards)
            throws SQLException {
        Prepared prepared = session.take(text.sql());
        try {
            Runner.checkReturnsRows(prepared, text);
            boolean row = prepared.start(values);
            return new RowStream<>(session, lock, deadline, prepared, row, mapper, rowsRead, afterwards);
        } catch (SQLException | RuntimeException failed) {
            session.drop(prepared, failed);
            throw failed;
        }
    }

    /** As a stream whose closing closes it. */
    Stream<T> stream() {
        return StreamSupport.stream(this, false).onClose(this::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        T next;
        lock.lock();
        try {
            if (closed != null) {
                throw new ClosedException(closed.code(), closed.getMessage(), Map.of(), closed);
            }
            next = next();
        } finally {
            lock.unlock();
        }
        if (next == null) {
            return false;
        }
        action.accept(next);
        return true;
    }

    private @Nullable T next() {
        session.enter(deadline, WHAT);
        try {
            if (!advance()) {
                return null;
            }
            rowsRead.increment();
            row.begin();
            return Runner.mapped(mapper.map(row));
        } catch (SQLException failed) {
            throw session.error(WHAT, Optional.of(prepared.sql()), failed);
        } finally {
            row.end();
            session.leave();
        }
    }

    /** Goes to the next row; beginning to read went to the first one already. */
    private boolean advance() throws SQLException {
        if (!onFirstRow && !over) {
            over = true;
            over = !prepared.next();
        }
        onFirstRow = false;
        return !over;
    }

    boolean isClosed() {
        return closed != null;
    }

    /** Ends it on behalf of its user. Idempotent. */
    void close() {
        close(new ClosedException(ErrorCode.SCOPE_ENDED, "this stream of rows is closed; run the query again"));
    }

    /** Ends it; its next use throws this. Idempotent. */
    void close(ClosedException why) {
        lock.lock();
        try {
            if (closed != null) {
                return;
            }
            closed = why;
            end();
        } finally {
            lock.unlock();
        }
        afterwards.run();
    }

    private void end() {
        try {
            prepared.reset();
            session.give(prepared);
        } catch (SQLException failed) {
            session.drop(prepared, failed);
        }
    }
}
