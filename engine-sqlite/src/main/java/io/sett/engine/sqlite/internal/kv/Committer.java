// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.common.Durability;
import io.sett.api.common.KeyRange;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.Holder;
import io.sett.engine.sqlite.internal.db.Prepared;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.engine.sqlite.internal.db.SyncMode;
import io.sett.engine.sqlite.internal.db.WriterLane;
import io.sett.spi.Deadline;
import io.sett.spi.kv.ActiveVersions;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.Conflict;
import io.sett.spi.kv.ConflictWindow;
import io.sett.spi.kv.PendingWrite;
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

    private static final int GROUP = 256;
    private static final long GROUP_BYTES = 16L << 20;
    private static final long VERSION_STEP = 4096;
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long WINDOW_KEYS = 1 << 20;

    private final Database database;
    private final KvTable table;
    private final Visible visible;
    private final ActiveVersions active;
    private final ConflictWindow window;
    private final ConcurrentLinkedQueue<PendingCommit> waiting = new ConcurrentLinkedQueue<>();
    private final Checkpoints checkpoints;
    private final ThreadPoolExecutor background;
    private final LongAdder commits = new LongAdder();
    private final LongAdder groups = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private Runnable expiryWritten = () -> { };
    private boolean hasExpiry;
    private long assigned;
    private long reserved;

    Committer(Database database, KvTable table, Visible visible, ActiveVersions active) {
        this.database = database;
        this.table = table;
        this.visible = visible;
        this.active = active;
        this.window = new ConflictWindow(WINDOW_KEYS, visible.version());
        this.assigned = visible.version();
        this.reserved = visible.version();
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
        String what = "store '" + database.options().store() + "': commit";
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
            giveUpIfDue(pending, what, latest);
        }
        return outcome(pending);
    }

    private void giveUpIfDue(PendingCommit pending, String what, long latest) {
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
        PendingCommit next = waiting.poll();
        while (next != null) {
            if (next.take()) {
                group.add(next);
                bytes += next.request().writes().byteSize();
            }
            next = group.size() < GROUP && bytes < GROUP_BYTES ? waiting.poll() : null;
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
        long writes = 0;
        for (PendingCommit pending : group) {
            writes += pending.request().writes().size();
        }
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
            if (hasExpiry) {
                hasExpiry = false;
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

    private void write(Session session, List<PendingCommit> group) throws SQLException {
        Deadline deadline = group.size() == 1 ? group.get(0).request().deadline() : Deadline.none();
        boolean guarded = group.size() == 1 && group.get(0).thread() == Thread.currentThread();
        if (guarded) {
            session.enter(deadline, "commit");
        }
        try {
            writeAll(session, group);
        } finally {
            if (guarded) {
                session.leave();
            }
        }
    }

    private void writeAll(Session session, List<PendingCommit> group) throws SQLException {
        boolean sync = group.stream().anyMatch(pending -> pending.request().durability() == Durability.SYNC);
        SyncMode mode = database.options().syncMode();
        session.sync(sync && !mode.survivesPowerCut() ? SyncMode.FULL : mode);
        database.writer().begin(Deadline.none(), "commit");
        boolean done = false;
        try {
            for (PendingCommit pending : group) {
                apply(session, pending);
            }
            long highest = group.get(group.size() - 1).version;
            long ahead = reserved;
            if (highest > ahead) {
                ahead = highest + VERSION_STEP;
                session.run(table.setState, ahead);
            }
            makeVisible(session, highest);
            reserved = ahead;
            done = true;
        } finally {
            if (!done && session.isInTransaction()) {
                session.run("rollback");
            }
        }
    }

    private void makeVisible(Session session, long highest) throws SQLException {
        long now = visible.version();
        visible.begin();
        try {
            session.run("commit");
            now = highest;
        } finally {
            visible.end(now);
        }
    }

    private void apply(Session session, PendingCommit pending) throws SQLException {
        CommitRequest request = pending.request();
        for (KeyRange range : request.writes().deletedRanges()) {
            deleteRange(session, range);
        }
        if (request.writes().size() == 0) {
            return;
        }
        Prepared upsert = session.take(table.upsert);
        Prepared delete = session.take(table.delete);
        try {
            for (PendingWrite write : request.writes()) {
                apply(write, pending.version, upsert, delete);
                hasExpiry |= write.expiresAtMillis() != PendingWrite.NEVER;
            }
        } catch (SQLException failed) {
            session.drop(upsert, failed);
            session.drop(delete, failed);
            throw failed;
        }
        session.give(upsert);
        session.give(delete);
    }

    private static void apply(PendingWrite write, long version, Prepared upsert, Prepared delete) throws SQLException {
        if (write.isDeletion()) {
            delete.bind(1, write.key());
            delete.statement().execute();
            return;
        }
        upsert.bind(1, write.key());
        upsert.bind(2, write.value());
        upsert.bind(3, version);
        upsert.bind(4, write.expiresAtMillis());
        upsert.bind(5, (long) write.metadata());
        upsert.statement().execute();
    }

    private void deleteRange(Session session, KeyRange range) throws SQLException {
        if (range.isEmpty()) {
            return;
        }
        List<Object> values = new ArrayList<>();
        KvTable.Bound low = range.start().map(key -> new KvTable.Bound(key, true)).orElse(null);
        KvTable.Bound high = range.end().map(key -> new KvTable.Bound(key, false)).orElse(null);
        range.start().ifPresent(values::add);
        range.end().ifPresent(values::add);
        session.run(table.deleteRange(low, high), values.toArray());
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

    // --- other work of the writer ---

    /** Forces what is committed: the log is forced whole with a commit of the state row. */
    void flush(Deadline deadline) {
        database.exclusively(deadline, "flush", session -> {
            session.sync(database.options().syncMode().survivesPowerCut() ? database.options().syncMode()
                    : SyncMode.FULL);
            long ahead = Math.max(reserved, assigned) + 1;
            session.run(table.setState, ahead);
            reserved = ahead;
            return true;
        });
    }

    /** Removes entries that expired up to a moment, at most that many; answers how many. */
    long sweep(long nowMillis, int atMost) {
        return database.exclusively(Deadline.after(database.options().txTimeout()), "sweep", session -> {
            Prepared prepared = session.take(table.sweep);
            long removed;
            try {
                prepared.bind(1, nowMillis);
                prepared.bind(2, (long) atMost);
                prepared.statement().execute();
                removed = prepared.statement().getLargeUpdateCount();
            } catch (SQLException failed) {
                session.drop(prepared, failed);
                throw failed;
            }
            session.give(prepared);
            return removed;
        });
    }

    /** The earliest moment at which an entry expires, 0 when none does. */
    long earliestExpiry() {
        return database.reading(Deadline.after(database.options().txTimeout()), "earliestExpiry",
                session -> session.number(table.earliest));
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
            if (reserved != visible.version()) {
                lane.session().run(table.setState, visible.version());
            }
        } catch (SQLException failed) {
            throw database.errors().of("closing", Optional.empty(), failed);
        } finally {
            lane.give();
        }
    }
}
