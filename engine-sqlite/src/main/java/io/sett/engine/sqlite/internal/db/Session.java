// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.spi.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * One connection with the statements prepared on it. For one user at a time; the user says when it works ({@link
 * #enter} … {@link #leave}), so that the {@link Watchdog} may stop it, and nobody else, when its thread is interrupted
 * or its time is over.
 *
 * <p>The driver's own notion of auto-commit is switched off: it would run {@code begin} and {@code commit} around each
 * statement. SQLite commits each statement outside of a transaction by itself.
 */
public final class Session {

    private static final int STATEMENTS = 64;

    private final SQLiteConnection connection;
    private final SqlErrors errors;
    private final Watchdog watchdog;
    private final LinkedHashMap<String, Prepared> statements = new LinkedHashMap<>(16, 0.75f, true);
    private long schemaEpoch;
    private final long openedNanos;
    private final boolean utf8;
    private @Nullable SyncMode sync;

    private final ReentrantLock guard = new ReentrantLock();
    private volatile @Nullable Thread worker;
    private volatile Deadline deadline = Deadline.none();
    private volatile StopReason reason = StopReason.NONE;
    private volatile boolean closing;
    private int depth;

    Session(SQLiteConnection connection, SqlErrors errors, Watchdog watchdog, long openedNanos) throws SQLException {
        this.connection = connection;
        this.errors = errors;
        this.watchdog = watchdog;
        this.openedNanos = openedNanos;
        connection.getConnectionConfig().setAutoCommit(false);
        this.utf8 = "UTF-8".equals(encoding(connection));
        watchdog.watch(this);
    }

    private static String encoding(SQLiteConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet encoding = statement.executeQuery("pragma encoding")) {
            return encoding.getString(1);
        }
    }

    /** The connection of the driver. */
    public SQLiteConnection connection() {
        return connection;
    }

    long openedNanos() {
        return openedNanos;
    }

    // --- working and being stopped ---

    /** Begins to work; the same thread may do so again within. */
    public void enter(Deadline until, String what) {
        if (Thread.currentThread().isInterrupted() || until.isOver()) {
            until.check(describe(what));
        }
        if (closing) {
            throw closed(what);
        }
        if (depth++ == 0) {
            deadline = until;
            worker = Thread.currentThread();
            watchdog.workBegins();
        }
    }

    /** Ends the work. */
    public void leave() {
        if (--depth == 0) {
            guard.lock();
            try {
                worker = null;
            } finally {
                guard.unlock();
            }
        }
    }

    private String describe(String what) {
        return "store '" + errors.store() + "': " + what;
    }

    /** Whether somebody works in it. Called by the watchdog. */
    boolean isWorking() {
        return worker != null;
    }

    /** Stops the running statement when there is a reason to. Called by the watchdog. */
    void stopIfDue() {
        Thread thread = worker;
        if (thread == null) {
            return;
        }
        StopReason due = thread.isInterrupted() ? StopReason.INTERRUPTED
                : deadline.isOver() ? StopReason.DEADLINE : closing ? StopReason.CLOSING : StopReason.NONE;
        if (due != StopReason.NONE) {
            stop(thread, due);
        }
    }

    private void stop(Thread thread, StopReason due) {
        guard.lock();
        try {
            if (worker == thread) {
                reason = due;
                connection.getDatabase().interrupt();
            }
        } catch (SQLException gone) {
            closing = true;
        } finally {
            guard.unlock();
        }
    }

    /** Stops the statement that runs now, if there is one; later ones may run. */
    public void stopRunning() {
        Thread thread = worker;
        if (thread != null && thread != Thread.currentThread()) {
            stop(thread, StopReason.CLOSING);
        }
    }

    /** Refuses further work, and stops what runs soon. */
    public void close() {
        closing = true;
        watchdog.workBegins();
    }

    /** Allows work again after {@link #close}, for the next user. */
    void reopen() {
        closing = false;
        reason = StopReason.NONE;
    }

    private ClosedException closed(String what) {
        return new ClosedException(ErrorCode.STORE_CLOSED, describe(what) + " was stopped: the store was closed");
    }

    /** The error for the caller; why a statement was stopped is known here only. */
    public StorageException error(String what, Optional<String> sql, SQLException error) {
        if (!SqlErrors.isInterrupt(error)) {
            return closing ? closed(what) : errors.of(what, sql, error);
        }
        return switch (reason) {
            case DEADLINE -> deadline.exceeded(describe(what));
            case CLOSING -> closed(what);
            default -> new CancelledException(ErrorCode.CANCELLED, describe(what) + " was interrupted; nothing was "
                    + "changed", Map.of("store", errors.store()), error);
        };
    }

    // --- statements ---

    /** A statement for one use; give it back afterwards, or {@link #drop} it when it failed. */
    public Prepared take(String sql) throws SQLException {
        Prepared known = statements.remove(sql);
        return known != null ? known : new Prepared(sql, connection.prepareStatement(sql), utf8);
    }

    /** Takes a statement back whose result is closed. */
    public void give(Prepared prepared) throws SQLException {
        prepared.rest();
        Prepared twin = statements.put(prepared.sql(), prepared);
        if (twin != null) {
            twin.close();
        }
        if (statements.size() > STATEMENTS) {
            var eldest = statements.entrySet().iterator();
            Prepared oldest = eldest.next().getValue();
            eldest.remove();
            oldest.close();
        }
    }

    /** Closes a statement that failed; what that says adds nothing to the failure. */
    public void drop(Prepared prepared, Throwable failure) {
        try {
            prepared.close();
        } catch (SQLException also) {
            failure.addSuppressed(also);
        }
    }

    /** Closes all statements if the schema has changed since they were prepared: they remember their columns. */
    public void forgetIfOlder(long epoch) throws SQLException {
        if (schemaEpoch != epoch) {
            for (Prepared prepared : statements.values()) {
                prepared.close();
            }
            statements.clear();
            schemaEpoch = epoch;
        }
    }

    /** Runs a statement of the store's own, whatever it returns. */
    public void run(String sql, @Nullable Object... values) throws SQLException {
        Prepared prepared = take(sql);
        try {
            prepared.finish(values);
        } catch (SQLException failed) {
            drop(prepared, failed);
            throw failed;
        }
        give(prepared);
    }

    /** Runs a query of the store's own and answers its first column of the first row; 0 when there is none. */
    public long number(String sql, @Nullable Object... values) throws SQLException {
        Prepared prepared = take(sql);
        long number = 0;
        try {
            if (prepared.start(values)) {
                number = prepared.integer(0);
                prepared.reset();
            }
        } catch (SQLException failed) {
            drop(prepared, failed);
            throw failed;
        }
        give(prepared);
        return number;
    }

    /** Sets when commits are forced; outside of transactions only. */
    public void sync(SyncMode wanted) throws SQLException {
        if (sync != wanted) {
            run("pragma synchronous = " + wanted.name());
            sync = wanted;
        }
    }

    /**
     * Whether a transaction that was begun is still open: some errors end it. To be asked after a failure only.
     */
    public boolean isInTransaction() throws SQLException {
        try {
            run("begin");
        } catch (SQLException nested) {
            return true;
        }
        run("rollback");
        return false;
    }
}
