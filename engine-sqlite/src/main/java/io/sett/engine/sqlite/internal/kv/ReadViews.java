// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.Holder;
import io.sett.engine.sqlite.internal.db.ReadPool;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.spi.Deadline;
import io.sett.spi.log.Loggers;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The versions that are being read. Each takes a connection, so there can be only so many at once; a few connections
 * are left for reads of single keys, which never wait for cursors.
 *
 * <p>Which version a read transaction sees is learnt from the committer's sequence, which is odd while a commit becomes
 * visible: when it has not moved between before and after the transaction began, the version is the newest one.
 */
final class ReadViews {

    private static final Logger LOG = Loggers.of(ReadViews.class);
    private static final int TRIES = 50;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Database database;
    private final Visible visible;
    private final Runnable expireOverdue;
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private @Nullable ReadView newest;
    private int open;

    ReadViews(Database database, Visible visible, Runnable expireOverdue) {
        this.database = database;
        this.visible = visible;
        this.expireOverdue = expireOverdue;
        int all = database.options().maxReaders();
        this.limit = Math.max(1, all - Math.min(4, all / 4));
    }

    /** How many versions are being read. */
    int open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** The newest version; release it. */
    ReadView acquire(Deadline deadline, String what) {
        database.checkOpen();
        if (!reserve(deadline, what)) {
            throw exhausted(what);
        }
        ReadView shared = null;
        ReadView made = null;
        try {
            shared = share();
            if (shared == null) {
                made = pin(deadline, what);
                publish(made);
                return made;
            }
            return shared;
        } finally {
            if (made == null) {
                unreserve();
            }
        }
    }

    private @Nullable ReadView share() {
        lock.lock();
        try {
            ReadView view = newest;
            if (view != null && view.users > 0 && visible.isStableAt(view.version())) {
                view.users++;
                return view;
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void publish(ReadView view) {
        lock.lock();
        try {
            if (newest == null || newest.users == 0 || newest.version() < view.version()) {
                newest = view;
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean reserve(Deadline deadline, String what) {
        long end = System.nanoTime() + Math.min(database.options().busyTimeout().toNanos(), deadline.remainingNanos());
        lock.lock();
        try {
            while (open >= limit) {
                ReadView view = newest;
                if (view != null && view.users > 0 && visible.isStableAt(view.version())) {
                    break;
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                lock.unlock();
                try {
                    expireOverdue.run();
                } finally {
                    lock.lock();
                }
                if (open >= limit) {
                    freed.awaitNanos(Math.min(left, PIECE_NANOS));
                }
            }
            open++;
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            deadline.check("store '" + database.options().store() + "': " + what);
            throw new IllegalStateException("an interrupted thread must have been refused", interrupted);
        } finally {
            lock.unlock();
        }
    }

    private void unreserve() {
        lock.lock();
        try {
            open--;
            freed.signal();
        } finally {
            lock.unlock();
        }
    }

    private ReadView pin(Deadline deadline, String what) {
        ReadPool.Lease lease = database.reader(deadline, Holder.of(what));
        boolean pinned = false;
        try {
            ReadView view = pin(lease, deadline);
            pinned = true;
            return view;
        } catch (SQLException failed) {
            throw lease.session().error(what, Optional.empty(), failed);
        } finally {
            if (!pinned) {
                lease.close();
            }
        }
    }

    private ReadView pin(ReadPool.Lease lease, Deadline deadline) throws SQLException {
        for (int i = 0; i < TRIES; i++) {
            long before = visible.sequence();
            if (before % 2 == 0) {
                long version = visible.version();
                begin(lease.session());
                if (visible.sequence() == before) {
                    return new ReadView(lease, version);
                }
                lease.session().run("rollback");
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        database.writer().take(deadline, Holder.of("a moment without commits"));
        try {
            begin(lease.session());
            return new ReadView(lease, visible.version());
        } finally {
            database.writer().give();
        }
    }

    private static void begin(Session session) throws SQLException {
        session.run("begin");
        session.number("select 1 from sqlite_schema limit 1");
    }

    /** One reader less; the last one ends the read transaction. */
    void release(ReadView view) {
        lock.lock();
        try {
            if (--view.users > 0) {
                return;
            }
            if (newest == view) {
                newest = null;
            }
        } finally {
            lock.unlock();
        }
        view.lock().lock();
        try {
            view.session().run("rollback");
        } catch (SQLException failed) {
            LOG.warn("Store '{}': a read transaction could not be ended", database.options().store(), failed);
        } finally {
            view.lock().unlock();
            view.lease().close();
            unreserve();
        }
    }

    private DeadlineExceededException exhausted(String what) {
        return new DeadlineExceededException(ErrorCode.CONNECTION_POOL_EXHAUSTED, "store '" + database.options().store()
                + "': " + what + " got no connection in time: " + limit + " versions of the data are held by open "
                + "cursors, snapshots and transactions; close some, or raise max_open_conns (now "
                + database.options().maxReaders() + "). In use: " + database.readers().holders(),
                Map.of("store", database.options().store(), "limit", limit));
    }
}
