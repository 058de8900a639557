// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.commit;

import io.sett.api.error.CancelledException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InternalStorageException;
import io.sett.api.error.StorageException;
import io.sett.spi.Deadline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Orders all commits of a store. Committing threads queue up; whoever gets the lock is the leader: takes a group, checks
 * each commit, writes the whole group to the log with at most one force, puts it into the memtable, publishes, wakes the
 * others. While a group is forced the next one gathers. This is the group commit of D. J. DeWitt et al. ("Implementation
 * techniques for main memory database systems", 1984).
 *
 * <p>Nobody is left behind: after giving up the lock the leader wakes the thread whose commit is next (or starts a task
 * for one that nobody waits for), and whoever queues up tries the lock himself.
 *
 * <p>A waiting thread gives up when its deadline passes or it is interrupted, as long as no leader has taken its commit;
 * from then on the outcome is near and it waits for it.
 */
public final class CommitPipeline {

    private final CommitStages stages;
    private final CommitQueue queue;
    private final Executor executor;
    private final String store;
    private final ReentrantLock leader = new ReentrantLock();
    private long groups;
    private long commits;

    /**
     * A pipeline.
     *
     * @param store name of the store, for messages
     * @param executor leads groups of commits that no thread waits for
     * @param maxOperations operations of a group
     * @param maxBytes bytes of a group
     */
    public CommitPipeline(String store, CommitStages stages, Executor executor, int maxOperations, long maxBytes) {
        this.store = store;
        this.stages = stages;
        this.executor = executor;
        this.queue = new CommitQueue(maxOperations, maxBytes);
    }

    /** Commits and waits; returns the version. */
    public long commit(PendingCommit commit) {
        if (Thread.currentThread().isInterrupted()) {
            throw cancelled();
        }
        if (queue.isEmpty() && leader.tryLock()) {
            try {
                commit.take();
                leadAlone(commit);
            } finally {
                leader.unlock();
            }
            wakeNext();
            return commit.result();
        }
        Deadline deadline = commit.deadline();
        queue.add(commit);
        boolean interrupted = false;
        try {
            while (!commit.isDone()) {
                if (leader.tryLock()) {
                    try {
                        if (!commit.isDone()) {
                            lead(commit);
                        }
                    } finally {
                        leader.unlock();
                    }
                    wakeNext();
                } else {
                    park(deadline);
                }
                if (!commit.isDone() && Thread.interrupted()) {
                    interrupted = true;
                    giveUp(commit, cancelled());
                }
                if (!commit.isDone() && deadline.isOver()) {
                    giveUp(commit, deadline.exceeded("a commit of store '" + store + "'"));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return commit.result();
    }

    private static void park(Deadline deadline) {
        if (deadline.isNone() || deadline.isOver()) {
            LockSupport.parkNanos(1_000_000_000L);
        } else {
            LockSupport.parkNanos(Math.min(1_000_000_000L, deadline.remainingNanos()));
        }
    }

    private void giveUp(PendingCommit commit, StorageException reason) {
        if (commit.withdraw()) {
            wakeNext();
            throw reason;
        }
    }

    private CancelledException cancelled() {
        return new CancelledException(ErrorCode.CANCELLED, "a commit of store '" + store
                + "' was interrupted before it began; nothing was written", Map.of("store", store));
    }

    /** Queues a commit that completes a future. */
    public void submit(PendingCommit commit) {
        queue.add(commit);
        executor.execute(this::drain);
    }

    private void drain() {
        while (!queue.isEmpty() && leader.tryLock()) {
            try {
                PendingCommit head = queue.head();
                if (head != null) {
                    lead(head);
                }
            } finally {
                leader.unlock();
            }
        }
    }

    private void wakeNext() {
        queue.dropDone();
        PendingCommit next = queue.head();
        if (next != null) {
            Thread thread = next.waiter();
            if (thread != null) {
                LockSupport.unpark(thread);
            } else {
                executor.execute(this::drain);
            }
        }
    }

    /** Leads one group of the queue, in the name of a commit that is in it; for the lock holder. */
    private void lead(PendingCommit refused) {
        try {
            stages.makeRoom(refused);
        } catch (RuntimeException noRoom) {
            if (refused.take()) {
                refused.fail(noRoom);
                refused.signal(Thread.currentThread());
            }
            queue.dropDone();
            return;
        }
        run(queue.takeGroup());
    }

    private void leadAlone(PendingCommit commit) {
        try {
            stages.makeRoom(commit);
        } catch (RuntimeException noRoom) {
            commit.fail(noRoom);
            return;
        }
        run(Collections.singletonList(commit));
    }

    private void run(List<PendingCommit> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            commitGroup(group);
        } catch (RuntimeException | Error failed) {
            RuntimeException error = failed instanceof RuntimeException runtime ? runtime
                    : InternalStorageException.unknownOutcome(ErrorCode.INTERNAL, "store '" + store
                            + "': a commit failed: " + failed, Map.of("store", store), failed);
            for (PendingCommit commit : group) {
                if (!commit.isDone()) {
                    commit.fail(error);
                }
            }
        } finally {
            Thread self = Thread.currentThread();
            for (PendingCommit commit : group) {
                commit.signal(self);
            }
        }
    }

    private void commitGroup(List<PendingCommit> group) {
        List<PendingCommit> admitted = group.size() == 1 ? group : new ArrayList<>(group.size());
        long first = stages.lastVersion() + 1;
        long next = first;
        boolean force = false;
        for (PendingCommit commit : group) {
            StorageException refusal = stages.admit(commit, next);
            if (refusal != null) {
                commit.fail(refusal);
            } else if (commit.writesNothing()) {
                commit.succeed(commit.request().readVersion());
            } else {
                if (admitted != group) {
                    admitted.add(commit);
                }
                force |= commit.sync();
                next++;
            }
        }
        if (next == first) {
            return;
        }
        stages.log(admitted, first, force);
        long version = first;
        for (PendingCommit commit : admitted) {
            stages.insert(commit, version++);
        }
        stages.publish(version - 1);
        version = first;
        for (PendingCommit commit : admitted) {
            commit.succeed(version++);
        }
        groups++;
        commits += admitted.size();
    }

    /** Runs something while no commit runs, for example a rotation of the memtable. */
    public void exclusively(Runnable action) {
        leader.lock();
        try {
            action.run();
        } finally {
            leader.unlock();
        }
        wakeNext();
    }

    /** Waits until no commit runs and says whether any waits for its turn. */
    public boolean hasWaiting() {
        leader.lock();
        try {
            return !queue.isEmpty();
        } finally {
            leader.unlock();
        }
    }

    /** Fails everything that waits; for closing, after new commits have been shut out. */
    public void failWaiting(RuntimeException reason) {
        leader.lock();
        try {
            List<PendingCommit> group = queue.takeGroup();
            while (!group.isEmpty()) {
                for (PendingCommit commit : group) {
                    commit.fail(reason);
                    commit.signal(null);
                }
                group = queue.takeGroup();
            }
        } finally {
            leader.unlock();
        }
    }

    /** Number of groups written. */
    public long groups() {
        return groups;
    }

    /** Number of commits written. */
    public long commits() {
        return commits;
    }

    /** How many commits wait now. */
    public int queued() {
        return queue.size();
    }
}
