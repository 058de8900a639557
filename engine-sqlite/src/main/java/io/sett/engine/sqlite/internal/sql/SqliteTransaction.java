// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.error.ClosedException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageException;
import io.sett.api.sql.RowMapper;
import io.sett.api.sql.SqlStatement;
import io.sett.api.sql.SqlTransaction;
import io.sett.api.sql.SqlUpdateResult;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.Holder;
import io.sett.engine.sqlite.internal.db.ReadPool;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.engine.sqlite.internal.text.SqlScanner;
import io.sett.engine.sqlite.internal.text.SqlText;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import io.sett.spi.log.Loggers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A transaction: one that writes has the writer's turn from beginning to end, one that only reads has a connection of
 * the pool. Its user, those who end it when it is overdue, and the closing store take turns by a lock.
 */
final class SqliteTransaction implements SqlTransaction {

    private static final Logger LOG = Loggers.of(SqliteTransaction.class);
    private static final String GROUP = "\"sett group\"";

    private enum State { ACTIVE, COMMITTED, ROLLED_BACK, TIMED_OUT, STORE_CLOSED, RESTORED }

    private final SqlCore core;
    private final long id;
    private final boolean readOnly;
    private final boolean managed;
    private final Duration timeout;
    private final long endNanos;
    private final Deadline deadline;
    private final Session session;
    private final ReadPool.@Nullable Lease lease;
    private final ReentrantLock gate = new ReentrantLock();
    private final Savepoints savepoints = new Savepoints();
    private final List<RowStream<?>> streams = new ArrayList<>();
    private final WrittenTables written;
    private volatile State state = State.ACTIVE;
    private final HandleTracker.Handle handle;

    /**
     * Begins a transaction.
     *
     * @param managed whether somebody else commits it, so that its user must not
     */
    SqliteTransaction(SqlCore core, long id, boolean readOnly, boolean managed, Duration timeout) {
        this.core = core;
        this.written = new WrittenTables(core);
        this.id = id;
        this.readOnly = readOnly;
        this.managed = managed;
        this.timeout = timeout;
        this.endNanos = core.nanoTime() + SqlCore.nanos(timeout);
        this.deadline = Deadline.after(timeout);
        Holder holder = Holder.of((readOnly ? "read-only transaction " : "transaction ") + id, this::expireIfOverdue);
        gate.lock();
        try {
            this.lease = readOnly ? core.database().reader(deadline, holder) : null;
            this.session = lease != null ? lease.session() : core.database().write(deadline, holder);
            begin();
            this.handle = core.handles().open("transaction " + id, () -> endFromOutside(State.STORE_CLOSED));
        } finally {
            gate.unlock();
        }
    }

    private void begin() {
        boolean begun = false;
        try {
            session.enter(deadline, "begin");
            try {
                if (readOnly) {
                    session.run("begin");
                    session.number("select count(*) from sqlite_schema");
                } else {
                    core.database().writer().begin(deadline, "begin");
                }
                begun = true;
            } finally {
                session.leave();
            }
        } catch (SQLException failed) {
            throw session.error("begin", Optional.empty(), failed);
        } finally {
            if (!begun) {
                state = State.ROLLED_BACK;
                giveBack();
            }
        }
    }

    private void giveBack() {
        if (lease != null) {
            lease.close();
        } else {
            core.database().writer().give();
        }
    }

    // --- calls ---

    private interface Step<T> {
        T run() throws SQLException;
    }

    private <T> T call(String what, Optional<String> sql, Optional<Duration> limit, Step<T> step) {
        gate.lock();
        try {
            checkActive();
            Deadline until = limit.isPresent() && limit.get().compareTo(timeout) < 0 ? Deadline.after(limit) : deadline;
            session.enter(until, "transaction " + id + ", " + what);
            try {
                return step.run();
            } catch (SQLException failed) {
                throw failed(what, sql, failed);
            } finally {
                session.leave();
            }
        } finally {
            gate.unlock();
        }
    }

    /** The error for the caller; some errors have already rolled everything back. */
    private StorageException failed(String what, Optional<String> sql, SQLException failed) {
        core.counters().failures.increment();
        boolean open;
        try {
            open = session.isInTransaction();
        } catch (SQLException broken) {
            failed.addSuppressed(broken);
            open = true;
        }
        if (state == State.ACTIVE && !open) {
            StorageException error = session.error("transaction " + id + ", " + what
                    + " (the whole transaction was rolled back)", sql, failed);
            finish(State.ROLLED_BACK, false);
            return error;
        }
        return session.error("transaction " + id + ", " + what, sql, failed);
    }

    private void checkActive() {
        if (state == State.ACTIVE && isOverdue()) {
            finish(State.TIMED_OUT, true);
        }
        String who = "store '" + core.name() + "': transaction " + id + " ";
        Map<String, Object> details = Map.of("store", core.name(), "transaction", id);
        switch (state) {
            case ACTIVE -> { }
            case TIMED_OUT -> throw new DeadlineExceededException(ErrorCode.TXN_TIMEOUT, who
                    + "was open for longer than its timeout of " + timeout + " and was rolled back; repeat it, make it "
                    + "shorter or give it a longer timeout", details);
            case STORE_CLOSED -> throw new ClosedException(ErrorCode.STORE_CLOSED, who
                    + "was rolled back when its store was closed", details);
            case RESTORED -> throw new ClosedException(ErrorCode.TXN_DISCARDED, who
                    + "was rolled back because a backup was restored; begin another one", details);
            default -> throw new ClosedException(ErrorCode.TXN_DISCARDED, who + (state == State.COMMITTED
                    ? "was committed" : "was rolled back") + " and cannot be used any more; begin another one",
                    details);
        }
    }

    private boolean isOverdue() {
        return core.nanoTime() - endNanos >= 0;
    }

    private void checkWritable() {
        if (readOnly) {
            gate.lock();
            try {
                checkActive();
            } finally {
                gate.unlock();
            }
            throw new InvalidOperationException(ErrorCode.READ_ONLY_TXN, "store '" + core.name() + "': transaction "
                    + id
                    + " was begun for reading only; begin one that writes", Map.of("store", core.name()));
        }
    }

    // --- statements ---

    @Override
    public SqlUpdateResult update(SqlStatement statement) {
        SqlText text = core.text(statement.sql());
        Runner.checkChanges(text);
        checkWritable();
        return call("update", Optional.of(text.sql()), statement.timeout(), () -> {
            boolean key = written.note(session, text).makesRowId();
            SqlUpdateResult result = Runner.update(session, text, SqlValues.of(text, statement), key);
            written.ran(session, text);
            core.counters().updates.increment();
            core.counters().rowsChanged.add(result.rowsChanged());
            return result;
        });
    }

    @Override
    public void executeScript(String script) {
        List<SqlText> statements = SqlScanner.script(script);
        checkWritable();
        call("script", Optional.empty(), Optional.empty(), () -> grouped(() -> {
            for (SqlText text : statements) {
                if (text.kind().writes()) {
                    written.note(session, text);
                    Runner.update(session, text, new Object[0], false);
                    written.ran(session, text);
                } else {
                    Runner.query(session, text, new Object[0], row -> true, null);
                }
            }
            return true;
        }));
    }

    @Override
    public long[] batch(String sql, Iterable<? extends List<?>> parameterSets) {
        SqlText text = core.text(sql);
        Runner.checkChanges(text);
        checkWritable();
        return call("batch", Optional.of(text.sql()), Optional.empty(), () -> grouped(() -> {
            written.note(session, text);
            long[] changed = Runner.batch(session, text, parameterSets);
            core.counters().updates.add(changed.length);
            core.counters().rowsChanged.add(java.util.Arrays.stream(changed).sum());
            return changed;
        }));
    }

    /** All steps or none of them. */
    private <T> T grouped(Step<T> steps) throws SQLException {
        session.run("savepoint " + GROUP);
        boolean done = false;
        try {
            T result = steps.run();
            session.run("release " + GROUP);
            done = true;
            return result;
        } finally {
            if (!done && session.isInTransaction()) {
                session.run("rollback to " + GROUP);
                session.run("release " + GROUP);
            }
        }
    }

    @Override
    public <T> List<T> query(SqlStatement statement, RowMapper<? extends T> mapper) {
        SqlText text = core.text(statement.sql());
        if (text.kind().writes()) {
            checkWritable();
        }
        return call("query", Optional.of(text.sql()), statement.timeout(), () -> {
            if (text.kind().writes()) {
                written.note(session, text);
            }
            List<T> rows = Runner.query(session, text, SqlValues.of(text, statement), mapper, null);
            core.counters().queries.increment();
            core.counters().rowsRead.add(rows.size());
            return rows;
        });
    }

    @Override
    public <T> Stream<T> stream(SqlStatement statement, RowMapper<? extends T> mapper) {
        SqlText text = core.streamable(statement.sql());
        @Nullable Object[] values = SqlValues.of(text, statement);
        gate.lock();
        try {
            checkActive();
            RowStream<T> stream = RowStream.open(session, gate, statement.timeout().isPresent()
                    ? Deadline.after(statement.timeout()) : deadline, text, values, mapper, core.counters().rowsRead,
                    () -> { });
            streams.removeIf(RowStream::isClosed);
            streams.add(stream);
            core.counters().queries.increment();
            return stream.stream();
        } finally {
            gate.unlock();
        }
    }

    // --- savepoints ---

    @Override
    public void savepoint(String name) {
        Savepoints.check(name);
        control("savepoint", "savepoint \"" + name + "\"", () -> savepoints.add(name));
    }

    @Override
    public void rollbackTo(String name) {
        control("rollbackTo", "rollback to \"" + known(name) + "\"", () -> savepoints.goBackTo(name));
    }

    @Override
    public void release(String name) {
        control("release", "release \"" + known(name) + "\"", () -> savepoints.release(name));
    }

    private String known(String name) {
        gate.lock();
        try {
            checkActive();
            if (!savepoints.contains(name)) {
                throw SqlValues.invalid("store '" + core.name() + "': transaction " + id + " has no savepoint '" + name
                        + "'; it has " + savepoints);
            }
            return name;
        } finally {
            gate.unlock();
        }
    }

    private void control(String what, String sql, Runnable afterwards) {
        call(what, Optional.of(sql), Optional.empty(), () -> {
            if (what.equals("rollbackTo")) {
                closeStreams();
                core.database().schemaChanged();
            }
            session.run(sql);
            afterwards.run();
            return true;
        });
    }

    // --- the end ---

    /** Writes down the version of the schema, for a migration. */
    void setVersion(int version) {
        call("setVersion", Optional.empty(), Optional.empty(), () -> {
            session.run("pragma user_version = " + version);
            return true;
        });
    }

    @Override
    public void commit() {
        checkManaged();
        commitNow();
    }

    private void checkManaged() {
        if (managed) {
            throw SqlValues.invalid("store '" + core.name() + "': this transaction belongs to a migration, which "
                    + "commits it; return from the step, or throw to roll back");
        }
    }

    /** Commits, also a managed one. */
    void commitNow() {
        gate.lock();
        try {
            checkActive();
            closeStreams();
            State end = State.ROLLED_BACK;
            written.beginVisible();
            try {
                session.enter(deadline, "commit");
                try {
                    if (readOnly) {
                        session.run("commit");
                    } else {
                        core.database().writer().commit(deadline, "commit");
                    }
                } finally {
                    session.leave();
                }
                end = State.COMMITTED;
                core.counters().commits.increment();
            } catch (SQLException failed) {
                core.counters().failures.increment();
                throw session.error("commit of transaction " + id + " (everything was rolled back)", Optional.empty(),
                        failed);
            } finally {
                finish(end, end != State.COMMITTED);
            }
        } finally {
            gate.unlock();
        }
    }

    /** Ends it; the gate is held. */
    private void finish(State end, boolean rollback) {
        boolean visible = end == State.COMMITTED;
        state = end;
        try {
            closeStreams();
            if (rollback && session.isInTransaction()) {
                session.run("rollback");
            }
        } catch (SQLException failed) {
            LOG.warn("Store '{}': transaction {} could not be rolled back: {}", core.name(), id, failed.getMessage());
        } finally {
            if (!visible) {
                core.counters().rollbacks.increment();
            }
            written.end();
            handle.close();
            giveBack();
        }
    }

    private void closeStreams() {
        ClosedException ended = new ClosedException(ErrorCode.SCOPE_ENDED, "this stream of rows belongs to transaction "
                + id + ", which has ended or went back to a savepoint");
        streams.forEach(stream -> stream.close(ended));
        streams.clear();
    }

    @Override
    public void rollback() {
        if (managed && state == State.ACTIVE) {
            checkManaged();
        }
        rollbackNow();
    }

    private void rollbackNow() {
        gate.lock();
        try {
            if (state == State.ACTIVE) {
                finish(State.ROLLED_BACK, true);
            }
        } finally {
            gate.unlock();
        }
    }

    @Override
    public boolean isActive() {
        return state == State.ACTIVE;
    }

    @Override
    public void close() {
        rollbackNow();
    }

    /** Ends it when it is open for longer than it may be and nobody is in a call of it. */
    private void expireIfOverdue() {
        if (state == State.ACTIVE && isOverdue() && gate.tryLock()) {
            try {
                if (state == State.ACTIVE) {
                    finish(State.TIMED_OUT, true);
                }
            } finally {
                gate.unlock();
            }
        }
    }

    /** Ends it because a backup takes the place of the data. */
    void endForRestore() {
        endFromOutside(State.RESTORED);
    }

    private void endFromOutside(State end) {
        session.stopRunning();
        gate.lock();
        try {
            if (state == State.ACTIVE) {
                finish(end, true);
            }
        } finally {
            gate.unlock();
        }
    }
}
