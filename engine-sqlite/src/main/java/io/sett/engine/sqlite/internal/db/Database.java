// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.spi.Deadline;
import io.sett.spi.log.Loggers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.sqlite.SQLiteConnection;

/** An open database file: its owner's mark, the writer's lane, the pool of readers. Safe for many threads. */
public final class Database implements AutoCloseable {

    private static final Logger LOG = Loggers.of(Database.class);

    private final DatabaseOptions options;
    private final SqlErrors errors;
    private final OwnerMark mark;
    private final Watchdog watchdog;
    private final WriterLane writer;
    private final ReadPool readers;
    private final AtomicLong schemaEpoch = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean refusing;

    private Database(DatabaseOptions options, SqlErrors errors, OwnerMark mark, Watchdog watchdog, WriterLane writer,
            ReadPool readers) {
        this.options = options;
        this.errors = errors;
        this.mark = mark;
        this.watchdog = watchdog;
        this.writer = writer;
        this.readers = readers;
    }

    /** Opens a database, making the file and its parents when they are missing. */
    public static Database open(DatabaseOptions configured, Clock clock) {
        Path file = DatabaseFiles.create(configured.store(), configured.file());
        DatabaseOptions options = withFile(configured, file);
        SqlErrors errors = new SqlErrors(options.store(), file);
        OwnerMark mark = OwnerMark.take(options.store(), file);
        Watchdog watchdog = new Watchdog(options.store());
        LongSupplier nanos = io.sett.spi.kv.Ticks.of(clock);
        boolean opened = false;
        try {
            SQLiteConnection connection = (SQLiteConnection) Connections.writer(options).getConnection();
            try {
                Session session = new Session(connection, errors, watchdog, nanos.getAsLong());
                prepare(session, options);
                WriterLane lane = new WriterLane(options.store(), session, options.busyTimeout());
                ReadPool pool = new ReadPool(options, errors, watchdog, nanos);
                opened = true;
                return new Database(options, errors, mark, watchdog, lane, pool);
            } finally {
                if (!opened) {
                    connection.close();
                }
            }
        } catch (SQLException failed) {
            throw errors.of("opening " + file, Optional.empty(), failed);
        } finally {
            if (!opened) {
                watchdog.close();
                mark.close();
            }
        }
    }

    private static DatabaseOptions withFile(DatabaseOptions old, Path file) {
        return new DatabaseOptions(old.store(), old.kind(), file, old.maxReaders(), old.maxIdle(), old.maxLifetime(),
                old.busyTimeout(), old.txTimeout(), old.cacheSize(), old.pageSize(), old.syncMode(), old.journalMode(),
                old.foreignKeys());
    }

    private static void prepare(Session session, DatabaseOptions options) throws SQLException {
        if (session.number("pragma page_count") == 0) {
            session.run("pragma auto_vacuum = incremental");
        }
        session.run("pragma journal_mode = " + options.journalMode().name());
        session.number("select count(*) from sqlite_schema");
    }

    /** Its settings. */
    public DatabaseOptions options() {
        return options;
    }

    /** Turns errors of the driver into those of the library. */
    public SqlErrors errors() {
        return errors;
    }

    /** The one that writes. */
    public WriterLane writer() {
        return writer;
    }

    /** Those that read. */
    public ReadPool readers() {
        return readers;
    }

    /** Grows when the schema changes. */
    public long schemaEpoch() {
        return schemaEpoch.get();
    }

    /** The schema has changed: statements and plans made before are out of date. */
    public void schemaChanged() {
        schemaEpoch.incrementAndGet();
    }

    /** Refuses work after close. */
    public void checkOpen() {
        if (refusing || closed.get()) {
            throw new ClosedException(ErrorCode.STORE_CLOSED, "store '" + options.store()
                    + "' is closed; open it again to use it", Map.of("store", options.store()));
        }
    }

    /** New work is refused from now on; {@link #close} is to follow. */
    public void refuseWork() {
        refusing = true;
    }

    /** Whether it has not been closed. */
    public boolean isOpen() {
        return !refusing && !closed.get();
    }

    /** A connection for reading. */
    public ReadPool.Lease reader(Deadline deadline, Holder who) {
        checkOpen();
        ReadPool.Lease lease = readers.take(deadline, who);
        boolean ready = false;
        try {
            checkOpen();
            lease.session().forgetIfOlder(schemaEpoch());
            ready = true;
            return lease;
        } catch (SQLException failed) {
            throw errors.of(who.what(), Optional.empty(), failed);
        } finally {
            if (!ready) {
                lease.close();
            }
        }
    }

    /** The turn to write; end it by {@link WriterLane#give}. */
    public Session write(Deadline deadline, Holder who) {
        checkOpen();
        writer.take(deadline, who);
        boolean ready = false;
        try {
            checkOpen();
            writer.session().forgetIfOlder(schemaEpoch());
            ready = true;
            return writer.session();
        } catch (SQLException failed) {
            throw errors.of(who.what(), Optional.empty(), failed);
        } finally {
            if (!ready) {
                writer.give();
            }
        }
    }

    /** Work that needs the writer's connection outside of a transaction. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it. */
        T on(Session session) throws SQLException;
    }

    /** Does something in its turn to write. */
    public <T> T exclusively(Deadline deadline, String what, Work<T> work) {
        Session session = write(deadline, Holder.of(what));
        try {
            return guarded(session, deadline, what, work);
        } finally {
            writer.give();
        }
    }

    /** Does something on a connection for reading. */
    public <T> T reading(Deadline deadline, String what, Work<T> work) {
        try (ReadPool.Lease lease = reader(deadline, Holder.of(what))) {
            return guarded(lease.session(), deadline, what, work);
        }
    }

    private static <T> T guarded(Session session, Deadline deadline, String what, Work<T> work) {
        session.enter(deadline, what);
        try {
            return work.on(session);
        } catch (SQLException failed) {
            throw session.error(what, Optional.empty(), failed);
        } finally {
            session.leave();
        }
    }

    /** When a call must be over that has this timeout, or none of its own. */
    public Deadline deadline(Optional<Duration> timeout) {
        return Deadline.after(timeout.orElse(options.txTimeout()));
    }

    /** Gives free pages back to the file system, at most that many. */
    public void shrink(long pages) {
        exclusively(Deadline.after(options.txTimeout()), "giving back free pages", session -> {
            session.run("pragma incremental_vacuum(" + pages + ")");
            session.run("pragma optimize");
            return pages;
        });
    }

    /** Closes it once: refuses new work, stops readers, lets the writer finish. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            readers.close();
            closeWriter();
        } catch (SQLException failed) {
            throw errors.of("closing", Optional.empty(), failed);
        } catch (StorageException own) {
            throw own;
        } finally {
            watchdog.close();
            mark.close();
        }
    }

    private void closeWriter() throws SQLException {
        while (!writer.tryTake(Holder.of("closing"))) {
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
        try {
            if (options.journalMode() == JournalMode.WAL) {
                writer.session().run("pragma wal_checkpoint(truncate)");
            }
        } catch (SQLException busy) {
            LOG.info("Store '{}': the write-ahead log stays until the next opening: {}", options.store(),
                    busy.getMessage());
        } finally {
            watchdog.forget(writer.session());
            writer.session().connection().close();
        }
    }
}
