// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.error.StorageException;
import io.sett.api.sql.RowMapper;
import io.sett.api.sql.SqlUpdateResult;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.DatabaseOptions;
import io.sett.engine.sqlite.internal.db.Holder;
import io.sett.engine.sqlite.internal.db.ReadPool;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.engine.sqlite.internal.db.SqlErrors;
import io.sett.engine.sqlite.internal.db.SqliteSettings;
import io.sett.engine.sqlite.internal.text.SqlText;
import io.sett.engine.sqlite.internal.text.SqlTexts;
import io.sett.engine.sqlite.internal.text.StatementKind;
import io.sett.spi.Deadline;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import io.sett.spi.kv.Ticks;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a SQL store is made of, and statements outside of transactions. Safe for many threads. */
final class SqlCore {

    private static final long BUSY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final EngineContext context;
    private final Database database;
    private final HandleTracker handles;
    private final Counters counters = new Counters();
    private final SqlTexts texts = new SqlTexts();
    private final Plans readPlans = new Plans();
    private final Plans writePlans = new Plans();
    private final Optional<QueryCache> cache;
    private final AtomicLong transactions = new AtomicLong();
    private final Set<SqliteTransaction> open = ConcurrentHashMap.newKeySet();
    private final LongSupplier ticks;

    SqlCore(EngineContext context) {
        this.context = context;
        this.handles = new HandleTracker(context.handles());
        this.ticks = Ticks.of(context.clock());
        long size = context.settings().get(SqliteSettings.QUERY_CACHE_SIZE);
        boolean caches = context.settings().get(SqliteSettings.ENABLE_QUERY_CACHE) && size > 0;
        this.cache = caches ? Optional.of(new QueryCache(size,
                context.settings().get(SqliteSettings.QUERY_CACHE_TTL).toMillis(), context.clock(), context.memory()))
                : Optional.empty();
        this.database = Database.open(DatabaseOptions.of(context), context.clock());
    }

    EngineContext context() {
        return context;
    }

    String name() {
        return context.name();
    }

    Database database() {
        return database;
    }

    HandleTracker handles() {
        return handles;
    }

    Counters counters() {
        return counters;
    }

    Optional<QueryCache> cache() {
        return cache;
    }

    long nanoTime() {
        return ticks.getAsLong();
    }

    static long nanos(Duration timeout) {
        return timeout.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE / 4 : timeout.toNanos();
    }

    /** The statement in a text. */
    SqlText text(String sql) {
        return texts.one(sql);
    }

    /** The query in a text that is to be streamed. */
    SqlText streamable(String sql) {
        SqlText text = text(sql);
        if (text.kind().writes()) {
            throw Runner.wrong(text, "changes something and is not for streams; use query");
        }
        return text;
    }

    /** The plan of a changing statement on the writer's connection. */
    StatementPlan writePlan(Session session, SqlText text) throws SQLException {
        if (text.kind() == StatementKind.SCHEMA) {
            return new StatementPlan(Set.of(), Set.of(), false, false, false);
        }
        return writePlans.of(session, text.sql(), database.schemaEpoch());
    }

    // --- transactions ---

    SqliteTransaction begin(boolean readOnly, boolean managed, Duration timeout) {
        SqliteTransaction transaction =
                new SqliteTransaction(this, transactions.incrementAndGet(), readOnly, managed, timeout);
        open.removeIf(other -> !other.isActive());
        open.add(transaction);
        return transaction;
    }

    /** Ends all transactions because a backup takes the place of the data. */
    void endTransactions() {
        open.forEach(SqliteTransaction::endForRestore);
    }

    // --- queries ---

    <T> List<T> query(SqlText text, @Nullable Object[] values, boolean cacheable, Optional<Duration> timeout,
            RowMapper<? extends T> mapper) {
        database.checkOpen();
        long start = System.nanoTime();
        try {
            List<T> rows = answer(text, values, cacheable, timeout, mapper);
            counters.queries.increment();
            counters.rowsRead.add(rows.size());
            counters.queryLatency.record(System.nanoTime() - start);
            return rows;
        } catch (StorageException failed) {
            counters.failures.increment();
            throw failed;
        }
    }

    private <T> List<T> answer(SqlText text, @Nullable Object[] values, boolean cacheable, Optional<Duration> timeout,
            RowMapper<? extends T> mapper) {
        if (text.kind().writes()) {
            return changeAndRead(text, values, database.deadline(timeout), mapper);
        }
        if (cacheable && cache.isPresent() && text.kind() == StatementKind.QUERY) {
            return cached(cache.get(), text, values, timeout, mapper);
        }
        return read(text, values, database.deadline(timeout), mapper);
    }

    private <T> List<T> read(SqlText text, @Nullable Object[] values, Deadline deadline,
            RowMapper<? extends T> mapper) {
        return onReader("query", text, deadline, session -> Runner.query(session, text, values, mapper, null));
    }

    private <T> T onReader(String what, SqlText text, Deadline deadline, Database.Work<T> work) {
        try (ReadPool.Lease lease = database.reader(deadline, Holder.of(what))) {
            return on(lease.session(), what, text, deadline, work);
        }
    }

    private static <T> T on(Session session, String what, SqlText text, Deadline deadline, Database.Work<T> work) {
        session.enter(deadline, what);
        try {
            return work.on(session);
        } catch (SQLException failed) {
            throw session.error(what, Optional.of(text.sql()), failed);
        } finally {
            session.leave();
        }
    }

    private <T> List<T> cached(QueryCache kept, SqlText text, @Nullable Object[] values, Optional<Duration> timeout,
            RowMapper<? extends T> mapper) {
        QueryCache.Key key = new QueryCache.Key(text.sql(), values);
        QueryCache.Entry hit = kept.get(key);
        if (hit != null) {
            if (Thread.currentThread().isInterrupted()) {
                database.deadline(timeout).check("store '" + name() + "': query");
            }
            return Runner.map(hit, mapper);
        }
        Deadline deadline = database.deadline(timeout);
        return onReader("query", text, deadline, session -> {
            StatementPlan plan = readPlans.of(session, text.sql(), database.schemaEpoch());
            Optional<QueryCache.Ticket> ticket = plan.isCacheable() ? kept.ticket(key, plan.reads()) : Optional.empty();
            if (ticket.isEmpty()) {
                return Runner.query(session, text, values, mapper, null);
            }
            Kept rows = new Kept(kept.maxEntryBytes());
            List<T> mapped = Runner.query(session, text, values, mapper, rows);
            rows.keepIn(kept, ticket.get(), session, text.sql());
            return mapped;
        });
    }

    /** Gathers a result to keep, unless it grows too large. */
    private static final class Kept implements Runner.Keeper {

        private final long maxBytes;
        private List<@Nullable Object[]> rows = new ArrayList<>();
        private long bytes;

        Kept(long maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public void row(@Nullable Object[] values) {
            bytes += QueryCache.size(values);
            if (bytes <= maxBytes) {
                rows.add(values);
            } else {
                rows = List.of();
            }
        }

        void keepIn(QueryCache cache, QueryCache.Ticket ticket, Session session, String sql) throws SQLException {
            if (bytes <= maxBytes) {
                var prepared = session.take(sql);
                cache.keep(ticket, prepared.columns(), prepared.indexes(), rows, bytes);
                session.give(prepared);
            }
        }
    }

    private <T> List<T> changeAndRead(SqlText text, @Nullable Object[] values, Deadline deadline,
            RowMapper<? extends T> mapper) {
        if (text.kind() == StatementKind.SCHEMA) {
            throw Runner.wrong(text, "returns no rows; use update or execute");
        }
        return write("query", text, deadline, (session, plan) -> Runner.query(session, text, values, mapper, null));
    }

    <T> Stream<T> stream(SqlText text, @Nullable Object[] values, Deadline deadline, RowMapper<? extends T> mapper) {
        ReadPool.Lease lease = database.reader(deadline, Holder.of("stream"));
        boolean opened = false;
        try {
            HandleTracker.Handle[] handle = new HandleTracker.Handle[1];
            RowStream<T> stream = RowStream.open(lease.session(), new ReentrantLock(), deadline, text, values, mapper,
                    counters.rowsRead, () -> {
                        handle[0].close();
                        lease.close();
                    });
            handle[0] = handles.open("stream of rows", () -> {
                lease.session().stopRunning();
                stream.close(new io.sett.api.error.ClosedException(io.sett.api.error.ErrorCode.STORE_CLOSED,
                        "store '" + name() + "': this stream of rows was closed with its store"));
            });
            opened = true;
            counters.queries.increment();
            return stream.stream();
        } finally {
            if (!opened) {
                lease.close();
            }
        }
    }

    // --- changes ---

    private interface Change<T> {
        T on(Session session, StatementPlan plan) throws SQLException;
    }

    SqlUpdateResult update(SqlText text, @Nullable Object[] values, boolean wantsKey, Deadline deadline) {
        long start = System.nanoTime();
        try {
            SqlUpdateResult result = write("update", text, deadline, (session, plan) ->
                    Runner.update(session, text, values, wantsKey && plan.makesRowId()));
            counters.updates.increment();
            counters.rowsChanged.add(result.rowsChanged());
            counters.updateLatency.record(System.nanoTime() - start);
            return result;
        } catch (StorageException failed) {
            counters.failures.increment();
            throw failed;
        }
    }

    /** Runs a changing statement as a transaction of its own. */
    private <T> T write(String what, SqlText text, Deadline deadline, Change<T> change) {
        Session session = database.write(deadline, Holder.of(what));
        try {
            return on(session, what, text, deadline, at -> changeVisibly(session, what, text, deadline, change));
        } finally {
            database.writer().give();
        }
    }

    private <T> T changeVisibly(Session session, String what, SqlText text, Deadline deadline, Change<T> change)
            throws SQLException {
        StatementPlan plan = writePlan(session, text);
        boolean all = !plan.known();
        cache.ifPresent(kept -> {
            if (all) {
                kept.beginAll();
            } else {
                kept.beginWrite(plan.writes());
            }
        });
        try {
            T result = whenNotBusy(what, deadline, () -> change.on(session, plan));
            counters.commits.increment();
            return result;
        } finally {
            if (text.kind() == StatementKind.SCHEMA) {
                database.schemaChanged();
            }
            cache.ifPresent(kept -> {
                if (all) {
                    kept.endAll();
                } else {
                    kept.endWrite(plan.writes());
                }
            });
        }
    }

    private interface Attempt<T> {
        T run() throws SQLException;
    }

    /** Tries again while another process or a connection of the DataSource writes; a busy statement changed nothing. */
    private <T> T whenNotBusy(String what, Deadline deadline, Attempt<T> attempt) throws SQLException {
        long end = System.nanoTime() + database.options().busyTimeout().toNanos();
        while (true) {
            try {
                return attempt.run();
            } catch (SQLException failed) {
                if (!SqlErrors.isBusy(failed) || System.nanoTime() - end >= 0) {
                    throw failed;
                }
            }
            deadline.check("store '" + name() + "': " + what);
            LockSupport.parkNanos(BUSY_PAUSE_NANOS);
        }
    }
}
