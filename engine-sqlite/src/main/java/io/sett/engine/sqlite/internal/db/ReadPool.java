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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * The connections that read. HikariCP opens and keeps them; the turns are given out here, so that a call can have its
 * own deadline and the error can say who has them all. Lifetimes follow the clock of the store.
 *
 * <p>A connection that comes back while nobody wants one is kept warm together with its turn ({@link WarmConnections});
 * as soon as somebody does, connections and turns go back the long way. Whoever wants one says so ({@code wanting})
 * before it looks for a warm one, and whoever keeps one warm looks afterwards whether somebody wants it: one of the two
 * sees the other.
 */
public final class ReadPool implements AutoCloseable {

    /** A connection in use; {@link #close} gives it back. */
    public final class Lease implements AutoCloseable {

        private final PooledSession connection;
        private boolean closed;

        private Lease(PooledSession connection) {
            this.connection = connection;
        }

        /** The connection. */
        public Session session() {
            return connection.session();
        }

        /** Gives it back. Idempotent. */
        @Override
        public void close() {
            if (!closed) {
                closed = true;
                giveBack(connection);
            }
        }
    }

    private static final long ASK_MILLIS = 250;

    private final DatabaseOptions options;
    private final SqlErrors errors;
    private final Watchdog watchdog;
    private final LongSupplier nanos;
    private final HikariDataSource pool;
    private final Semaphore turns;
    private final Map<SQLiteConnection, Session> sessions = new ConcurrentHashMap<>();
    private final Set<PooledSession> out = ConcurrentHashMap.newKeySet();
    private final WarmConnections warm;
    private final AtomicInteger inUse = new AtomicInteger();
    private final AtomicInteger wanting = new AtomicInteger();

    ReadPool(DatabaseOptions options, SqlErrors errors, Watchdog watchdog, LongSupplier nanos) {
        this.options = options;
        this.errors = errors;
        this.watchdog = watchdog;
        this.nanos = nanos;
        this.turns = new Semaphore(options.maxReaders(), true);
        this.warm = new WarmConnections(options.maxIdle());
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
        config.setConnectionTimeout(ASK_MILLIS);
        this.pool = new HikariDataSource(config);
    }

    // --- taking ---

    /** A connection, as soon as one is free. */
    public Lease take(Deadline deadline, Holder who) {
        PooledSession connection = warm();
        if (connection == null) {
            connection = fetch(deadline, who);
        }
        connection.session().reopen();
        connection.use(who);
        inUse.incrementAndGet();
        return new Lease(connection);
    }

    /** A warm connection that is not too old. */
    private @Nullable PooledSession warm() {
        PooledSession found = warm.take();
        while (found != null && isOld(found.session())) {
            letGo(found, true);
            found = warm.take();
        }
        return found;
    }

    private PooledSession fetch(Deadline deadline, Holder who) {
        wanting.incrementAndGet();
        try {
            PooledSession left = warm();
            if (left != null) {
                return left;
            }
            if (turns.hasQueuedThreads() || !turns.tryAcquire()) {
                String what = "store '" + options.store() + "': " + who.what();
                deadline.check(what);
                if (!Waiting.acquire(turns, deadline, options.busyTimeout(), what, this::expireHolders)) {
                    throw exhausted(what);
                }
            }
            return connect(who);
        } finally {
            wanting.decrementAndGet();
        }
    }

    /** A connection of the pool for whoever has a turn; gives the turn back when there is none. */
    private PooledSession connect(Holder who) {
        boolean taken = false;
        try {
            PooledSession connection = connect();
            out.add(connection);
            taken = true;
            return connection;
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

    private PooledSession connect() throws SQLException {
        while (true) {
            Connection pooled = pooled();
            Session session = session(pooled);
            if (!isOld(session)) {
                return new PooledSession(pooled, session);
            }
            evict(pooled, session);
            pooled.close();
        }
    }

    /** Asks several times: the pool can forget one that waits when others take what was opened for it. */
    private Connection pooled() throws SQLException {
        long end = System.nanoTime() + options.busyTimeout().toNanos();
        while (true) {
            try {
                return pool.getConnection();
            } catch (SQLTransientConnectionException late) {
                if (late.getCause() != null || System.nanoTime() - end >= 0) {
                    throw late;
                }
            }
        }
    }

    private Session session(Connection pooled) throws SQLException {
        boolean known = false;
        try {
            SQLiteConnection raw = pooled.unwrap(SQLiteConnection.class);
            Session session = sessions.get(raw);
            if (session == null) {
                session = new Session(raw, errors, watchdog, nanos.getAsLong());
                sessions.put(raw, session);
            }
            known = true;
            return session;
        } finally {
            if (!known) {
                pooled.close();
            }
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

    // --- giving back ---

    private void giveBack(PooledSession connection) {
        connection.use(null);
        inUse.decrementAndGet();
        boolean surplus = idle() > options.maxIdle();
        if (surplus || wanting.get() > 0 || !warm.put(connection)) {
            letGo(connection, surplus);
        } else if (wanting.get() > 0) {
            PooledSession any = warm.take();
            if (any != null) {
                letGo(any, false);
            }
        }
    }

    /** Gives a connection back to the pool, or closes it, and then its turn. */
    private void letGo(PooledSession connection, boolean forGood) {
        out.remove(connection);
        try {
            if (forGood) {
                evict(connection.pooled(), connection.session());
            }
            connection.pooled().close();
        } catch (SQLException broken) {
            evict(connection.pooled(), connection.session());
        } finally {
            turns.release();
        }
    }

    private void expireHolders() {
        out.forEach(connection -> {
            Holder holder = connection.holder();
            if (holder != null) {
                holder.expire().run();
            }
        });
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
        return out.stream().map(PooledSession::holder).filter(Objects::nonNull)
                .sorted((one, other) -> Long.compare(one.sinceNanos(), other.sinceNanos()))
                .map(Holder::toString).toList();
    }

    /** Connections in use. */
    public int active() {
        return inUse.get();
    }

    /** Connections open and not in use. */
    public int idle() {
        return Math.max(0, sessions.size() - inUse.get());
    }

    /** Stops what runs, waits until all connections are back, closes them. */
    @Override
    public void close() {
        wanting.incrementAndGet();
        for (PooledSession kept = warm.take(); kept != null; kept = warm.take()) {
            letGo(kept, false);
        }
        out.forEach(connection -> connection.session().close());
        turns.acquireUninterruptibly(options.maxReaders());
        pool.close();
        sessions.values().forEach(watchdog::forget);
        sessions.clear();
    }
}
