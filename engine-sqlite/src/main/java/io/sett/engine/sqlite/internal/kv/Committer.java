// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.Holder;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.engine.sqlite.internal.db.WriterLane;
import io.sett.spi.kv.ActiveVersions;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.Conflict;
import io.sett.spi.kv.ConflictWindow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Commits in groups: whoever gets the turn to write takes all commits that wait, checks each for conflicts, writes them
 * in one transaction of SQLite and wakes the others. A group that fails is tried again commit by commit, so that only
 * the culprit fails.
 *
 * <p>Versions go up by one for each commit. The stored version runs ahead in steps, so that a commit need not write it;
 * after a crash the versions of one step may be skipped.
 */
final class Committer implements AutoCloseable {

    private static final long GROUP_BYTES = 16L << 20;
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long WINDOW_KEYS = 1 << 20;

    private final Database database;
    private final GroupWriter writer;
    private final String what;
    private final Visible visible;
    private final ActiveVersions active;
    private final ConflictWindow window;
    private final ConcurrentLinkedQueue<PendingCommit> waiting = new ConcurrentLinkedQueue<>();
    private final Checkpoints checkpoints;
    private final ThreadPoolExecutor background;
    private final long groupWrites;
    private final LongAdder commits = new LongAdder();
    private final LongAdder groups = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private Runnable expiryWritten = () -> { };
    private long assigned;

    /**
     * A committer.
     *
     * @param groupWrites a group that has so many writes takes no further commit
     */
    Committer(KvParts parts, Visible visible, ActiveVersions active, long groupWrites) {
        this.database = parts.database();
        this.groupWrites = groupWrites;
        this.writer = new GroupWriter(database, parts.table(), visible, parts.expiries());
        this.what = "store '" + database.options().store() + "': commit";
        this.visible = visible;
        this.active = active;
        this.window = new ConflictWindow(WINDOW_KEYS, visible.version());
        this.assigned = visible.version();
        this.checkpoints = new Checkpoints(database.options().store(), database.options().pageSize());
        this.background = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "sett-sqlite-commit-" + database.options().store());
            thread.setDaemon(true);
            return thread;
        });
        background.allowCoreThreadTimeOut(true);
    }

    /** Says who is told when an entry with a time to live has been committed. Called once, before the first commit. */
    void onExpiry(Runnable listener) {
        expiryWritten = listener;
    }

    long commits() {
        return commits.sum();
    }

    long groups() {
        return groups.sum();
    }

    long conflicts() {
        return conflicts.sum();
    }

    // --- waiting ---

    /** Commits and waits for it. */
    long commit(CommitRequest request) {
        database.checkOpen();
        request.deadline().check(what);
        PendingCommit pending = new PendingCommit(request);
        waiting.add(pending);
        long latest = System.nanoTime() + database.options().busyTimeout().toNanos();
        while (!pending.result().isDone()) {
            if (tryLead()) {
                continue;
            }
            if (!pending.result().isDone()) {
                LockSupport.parkNanos(this, NAP_NANOS);
            }
            giveUpIfDue(pending, latest);
        }
        return outcome(pending);
    }

    private void giveUpIfDue(PendingCommit pending, long latest) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        boolean late = pending.request().deadline().isOver() || System.nanoTime() - latest >= 0;
        if ((interrupted || late) && pending.giveUp()) {
            waiting.remove(pending);
            pending.request().deadline().check(what);
            throw database.writer().late(what);
        }
        if (interrupted && !pending.result().isDone()) {
            Thread.onSpinWait();
        }
    }

    private static long outcome(PendingCommit pending) {
        try {
            return pending.result().join();
        } catch (java.util.concurrent.CompletionException failed) {
            if (failed.getCause() instanceof StorageException own) {
                throw own;
            }
            throw failed;
        }
    }

    /** Commits in the background. */
    CompletionStage<Long> commitAsync(CommitRequest request) {
        database.checkOpen();
        PendingCommit pending = new PendingCommit(request);
        waiting.add(pending);
        background.execute(() -> {
            while (!pending.result().isDone()) {
                if (!tryLead()) {
                    LockSupport.parkNanos(this, NAP_NANOS / 20);
                }
            }
        });
        return pending.result();
    }

    /** Commits what waits, if it is nobody else's turn to write. */
    private boolean tryLead() {
        WriterLane lane = database.writer();
        if (!lane.tryTake(Holder.of("commit"))) {
            return false;
        }
        try {
            lead(lane.session());
        } finally {
            lane.give();
            PendingCommit next = waiting.peek();
            if (next != null) {
                LockSupport.unpark(next.thread());
            }
        }
        return true;
    }

    private void lead(Session session) {
        List<PendingCommit> group = new ArrayList<>();
        long bytes = 0;
        long writes = 0;
        PendingCommit next = waiting.poll();
        while (next != null) {
            if (next.take()) {
                group.add(next);
                bytes += next.request().writes().byteSize();
                writes += next.request().writes().size();
            }
            next = writes < groupWrites && bytes < GROUP_BYTES ? waiting.poll() : null;
        }
        if (group.isEmpty()) {
            return;
        }
        if (!database.isOpen()) {
            group.forEach(pending -> fail(pending, new ClosedException(ErrorCode.STORE_CLOSED, "store '"
                    + database.options().store() + "' is closed; open it again to use it", Map.of("store",
                    database.options().store()))));
            return;
        }
        commit(session, group);
        checkpoints.written(session, writes, bytes);
    }

    // --- committing ---

    private void commit(Session session, List<PendingCommit> group) {
        List<PendingCommit> checked = new ArrayList<>(group.size());
        for (PendingCommit pending : group) {
            check(pending, checked);
        }
        if (checked.isEmpty()) {
            return;
        }
        try {
            write(session, checked);
            groups.increment();
            if (writer.wroteExpiry()) {
                expiryWritten.run();
            }
            for (PendingCommit pending : checked) {
                commits.increment();
                finish(pending, pending.version);
            }
        } catch (SQLException failed) {
            alone(session, checked, session.error("commit", Optional.empty(), failed));
        } catch (StorageException failed) {
            alone(session, checked, failed);
        } catch (RuntimeException | Error failed) {
            checked.forEach(pending -> pending.result().completeExceptionally(failed));
            throw failed;
        }
    }

    /** Refuses a conflicting commit; gives the others a version. Within a group the later ones see the earlier ones. */
    private void check(PendingCommit pending, List<PendingCommit> checked) {
        CommitRequest request = pending.request();
        Optional<Conflict> conflict = window.check(request);
        if (conflict.isPresent()) {
            conflicts.increment();
            fail(pending, conflict.get().toException(database.options().store(), request.transactionId()));
        } else if (request.writesNothing()) {
            finish(pending, request.readVersion());
        } else {
            pending.version = ++assigned;
            long newest = visible.version();
            window.record(request, pending.version, Math.min(newest, active.oldest(newest)));
            checked.add(pending);
        }
    }

    private void alone(Session session, List<PendingCommit> group, StorageException failed) {
        if (group.size() == 1) {
            fail(group.get(0), failed);
            return;
        }
        for (PendingCommit pending : group) {
            commitAlone(session, pending);
        }
    }

    private void commitAlone(Session session, PendingCommit pending) {
        try {
            write(session, List.of(pending));
            commits.increment();
            finish(pending, pending.version);
        } catch (SQLException failed) {
            fail(pending, session.error("commit", Optional.empty(), failed));
        } catch (StorageException failed) {
            fail(pending, failed);
        }
    }

    /** Writes a group; a commit of its own thread can be interrupted and has its own time. */
    private void write(Session session, List<PendingCommit> group) throws SQLException {
        boolean guarded = group.size() == 1 && group.get(0).thread() == Thread.currentThread();
        if (!guarded) {
            writer.write(session, group);
            return;
        }
        session.enter(group.get(0).request().deadline(), "commit");
        try {
            writer.write(session, group);
        } finally {
            session.leave();
        }
    }

    private static void finish(PendingCommit pending, long version) {
        pending.result().complete(version);
        wake(pending);
    }

    private static void fail(PendingCommit pending, StorageException failure) {
        pending.result().completeExceptionally(failure);
        wake(pending);
    }

    private static void wake(PendingCommit pending) {
        if (pending.thread() != Thread.currentThread()) {
            LockSupport.unpark(pending.thread());
        }
    }

    /** What writes for it. */
    GroupWriter writer() {
        return writer;
    }

    /** Writes down the exact version and refuses what still waits. Before the database is closed. */
    @Override
    public void close() {
        background.shutdown();
        WriterLane lane = database.writer();
        while (!lane.tryTake(Holder.of("closing"))) {
            LockSupport.parkNanos(NAP_NANOS / 20);
        }
        try {
            lead(lane.session());
            writer.close(lane.session());
        } catch (SQLException failed) {
            throw database.errors().of("closing", Optional.empty(), failed);
        } finally {
            lane.give();
        }
    }
}
