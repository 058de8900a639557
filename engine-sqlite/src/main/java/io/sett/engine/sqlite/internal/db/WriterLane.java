// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.spi.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes, and the turns at it: first come, first served. SQLite lets one connection write at a
 * time and tells the others that it is busy; with one connection for all nobody is told. A turn is not bound to a
 * thread.
 */
public final class WriterLane {

    private static final long BUSY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final String store;
    private final Session session;
    private final Duration longest;
    private final Semaphore turn = new Semaphore(1, true);
    private volatile @Nullable Holder holder;

    WriterLane(String store, Session session, Duration longest) {
        this.store = store;
        this.session = session;
        this.longest = longest;
    }

    /** The connection; only for whose turn it is. */
    public Session session() {
        return session;
    }

    /** How many threads wait for their turn. */
    public int waiting() {
        return turn.getQueueLength();
    }

    /** Waits for its turn. */
    public void take(Deadline deadline, Holder who) {
        if (!tryTake(who)) {
            String what = "store '" + store + "': " + who.what();
            deadline.check(what);
            if (!Waiting.acquire(turn, deadline, longest, what, this::expireHolder)) {
                throw tooLong(deadline, what);
            }
            holder = who;
        }
    }

    /** Takes its turn if it is free now. */
    public boolean tryTake(Holder who) {
        boolean taken = !turn.hasQueuedThreads() && turn.tryAcquire();
        if (taken) {
            holder = who;
        }
        return taken;
    }

    /** Ends its turn. */
    public void give() {
        holder = null;
        turn.release();
    }

    private void expireHolder() {
        Holder now = holder;
        if (now != null) {
            now.expire().run();
        }
    }

    /** The error of a call that waited for as long as the store lets it. */
    public DeadlineExceededException late(String what) {
        return tooLong(Deadline.none(), what);
    }

    private DeadlineExceededException tooLong(Deadline deadline, String what) {
        Holder now = holder;
        String who = now == null ? "somebody else" : now.toString();
        String message = what + " did not get its turn to write in time; now it is the turn of " + who
                + ". Keep transactions short; inside of one use the transaction, not the store";
        Map<String, Object> details = Map.of("store", store, "holder", who, "waiting", waiting());
        return new DeadlineExceededException(deadline.isOver() ? ErrorCode.DEADLINE_EXCEEDED
                : ErrorCode.RESOURCE_LOCK_TIMEOUT, message, details);
    }

    /**
     * Begins a transaction that may write, waiting while another process or a connection of the DataSource writes.
     */
    public void begin(Deadline deadline, String what) throws SQLException {
        whenFree(deadline, what, () -> session.run("begin immediate"));
    }

    /** Commits; waits for readers of other connections where the journal mode demands it. */
    public void commit(Deadline deadline, String what) throws SQLException {
        whenFree(deadline, what, () -> session.run("commit"));
    }

    /** Something that changes nothing when it finds the database busy. */
    @FunctionalInterface
    public interface Attempt {

        /** Does it. */
        void run() throws SQLException;
    }

    /** Tries again while another process or a connection of the DataSource writes, for as long as the store waits. */
    public void whenFree(Deadline deadline, String what, Attempt attempt) throws SQLException {
        long begun = 0;
        while (true) {
            try {
                attempt.run();
                return;
            } catch (SQLException failed) {
                long now = System.nanoTime();
                begun = begun == 0 ? now : begun;
                if (!SqlErrors.isBusy(failed) || now - begun >= longest.toNanos()) {
                    throw failed;
                }
            }
            deadline.check("store '" + store + "': " + what);
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(BUSY_PAUSE_NANOS) + 1);
        }
    }
}
