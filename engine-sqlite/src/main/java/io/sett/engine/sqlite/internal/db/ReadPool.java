// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sett.api.error.CancelledException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageUnavailableException;
import io.sett.spi.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.sqlite.SQLiteConnection;

/**
 * The connections that read. HikariCP keeps them; the turns are given out here, so that a call can have its own
 * deadline and the error can say who has them all. Lifetimes follow the clock of the store.
 */
public final class ReadPool implements AutoCloseable {

    /** A connection in use; {@link #close} gives it back. */
    public final class Lease implements AutoCloseable {

        private final Connection pooled;
        private final Session session;
        private final Holder holder;

        private Lease(Connection pooled, Session session, Holder holder) {
            this.pooled = pooled;
            this.session = session;
            this.holder = holder;
        }

        /** The connection. */
        public Session session() {
            return session;
        }

        /** Gives it back. Once only. */
        @Override
        public void close() {
            giveBack(this);
        }
    }

    private final DatabaseOptions options;
    private final SqlErrors errors;
    private final Watchdog watchdog;
    private final LongSupplier nanos;
    private final HikariDataSource pool;
    private final Semaphore turns;
    private final Map<SQLiteConnection, Session> sessions = new ConcurrentHashMap<>();
    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();

    ReadPool(DatabaseOptions options, SqlErrors errors, Watchdog watchdog, LongSupplier nanos) {
        this.options = options;
        this.errors = errors;
        this.watchdog = watchdog;
        this.nanos = nanos;
        this.turns = new Semaphore(options.maxReaders(), true);
        HikariConfig config = new HikariConfig();
        config.setPoolName("sett-sqlite-read-" + options.store());
        config.setDataSource(Connections.readers(options));
        config.setConnectionInitSql("pragma query_only = 1");
        config.setMaximumPoolSize(options.maxReaders());
        config.setMinimumIdle(0);
        config.setIdleTimeout(0);
        config.setMaxLifetime(0);
        config.setKeepaliveTime(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(Math.max(250, options.busyTimeout().toMillis()));
        this.pool = new HikariDataSource(config);
    }

    /** A connection, as soon as one is free. */
    public Lease take(Deadline deadline, Holder who) {
        if (turns.hasQueuedThreads() || !turns.tryAcquire()) {
            String what = "store '" + options.store() + "': " + who.what();
            deadline.check(what);
            if (!Waiting.acquire(turns, deadline, options.busyTimeout(), what, this::expireHolders)) {
                throw exhausted(what);
            }
        }
        boolean taken = false;
        try {
            Lease lease = connect(who);
            leases.add(lease);
            taken = true;
            return lease;
        } catch (SQLException failed) {
            throw failed(who.what(), failed);
        } finally {
            if (!taken) {
                turns.release();
            }
        }
    }

    private RuntimeException failed(String what, SQLException failed) {
        if (Thread.currentThread().isInterrupted() || failed.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new CancelledException(ErrorCode.CANCELLED, "store '" + options.store() + "': " + what
                    + " was interrupted while it waited for a connection", Map.of("store", options.store()), failed);
        }
        if (failed instanceof SQLTransientConnectionException && !(failed.getCause() instanceof SQLException)) {
            return new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "store '" + options.store() + "': "
                    + what
                    + " failed: no connection to " + options.file() + " could be opened within " + options.busyTimeout()
                    + " (busy_timeout)", Map.of("store", options.store(), "file", options.file()), failed);
        }
        return errors.of(what, Optional.empty(), failed.getCause() instanceof SQLException cause ? cause : failed);
    }

    private Lease connect(Holder who) throws SQLException {
        while (true) {
            Connection pooled = pool.getConnection();
            SQLiteConnection raw = pooled.unwrap(SQLiteConnection.class);
            Session session = sessions.computeIfAbsent(raw,
                    fresh -> new Session(fresh, errors, watchdog, nanos.getAsLong()));
            if (!isOld(session)) {
                session.reopen();
                return new Lease(pooled, session, who);
            }
            evict(pooled, session);
            pooled.close();
        }
    }

    private boolean isOld(Session session) {
        return nanos.getAsLong() - session.openedNanos() >= options.maxLifetime().toNanos();
    }

    private void evict(Connection pooled, Session session) {
        sessions.remove(session.connection());
        watchdog.forget(session);
        pool.evictConnection(pooled);
    }

    private void giveBack(Lease lease) {
        if (!leases.remove(lease)) {
            return;
        }
        try {
            int idle = sessions.size() - leases.size() - 1;
            if (idle >= options.maxIdle() || isOld(lease.session)) {
                evict(lease.pooled, lease.session);
            }
            lease.pooled.close();
        } catch (SQLException broken) {
            evict(lease.pooled, lease.session);
        } finally {
            turns.release();
        }
    }

    private void expireHolders() {
        leases.forEach(lease -> lease.holder.expire().run());
    }

    private DeadlineExceededException exhausted(String what) {
        List<String> holders = holders();
        return new DeadlineExceededException(ErrorCode.CONNECTION_POOL_EXHAUSTED, what
                + " got no connection in time; all "
                + options.maxReaders() + " (max_open_conns) are in use by " + holders + "; close streams, cursors, "
                + "snapshots and transactions, or raise max_open_conns", Map.of("store", options.store(), "limit",
                options.maxReaders(), "holders", holders));
    }

    /** Who uses connections, for how long, the oldest first. */
    public List<String> holders() {
        return leases.stream().map(lease -> lease.holder)
                .sorted((one, other) -> Long.compare(one.sinceNanos(), other.sinceNanos()))
                .map(Holder::toString).toList();
    }

    /** Connections in use. */
    public int active() {
        return leases.size();
    }

    /** Connections open and not in use. */
    public int idle() {
        return Math.max(0, sessions.size() - leases.size());
    }

    /** Stops what runs, waits until all connections are back, closes them. */
    @Override
    public void close() {
        leases.forEach(lease -> lease.session.close());
        turns.acquireUninterruptibly(options.maxReaders());
        pool.close();
        sessions.values().forEach(watchdog::forget);
        sessions.clear();
    }
}
