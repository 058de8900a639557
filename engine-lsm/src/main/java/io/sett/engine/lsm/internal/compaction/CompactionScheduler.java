// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.api.error.CancelledException;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.spi.log.Loggers;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;

/**
 * Runs compactions: up to a number of them at the same time, each chosen by the policy so that it shares nothing with
 * those that run. {@link #trigger} looks whether there is something to do; call it after a flush, when a snapshot was
 * let go, and now and then.
 *
 * <p>After a failure the next attempt waits, twice as long each time; after {@link #MAX_ATTEMPTS} in a row it gives up
 * and tells the host, which makes the store degraded or read-only, until {@link #resume}.
 *
 * <p>Threads: any. A worker is a task that ends when there is nothing more to do, so an idle store has no thread here.
 */
public final class CompactionScheduler implements AutoCloseable {

    /** Failures in a row after which it gives up. */
    public static final int MAX_ATTEMPTS = 6;

    private static final Logger LOG = Loggers.of(CompactionScheduler.class);

    private final CompactionPolicy policy;
    private final CompactionHost host;
    private final RunningCompactions running;
    private final CompactionRunner runner;
    private final TableCache tables;
    private final int maxWorkers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Retries retries = new Retries(MAX_ATTEMPTS);
    private int workers;
    private int manuals;
    private boolean stopped;
    private volatile boolean closing;

    /**
     * A scheduler that runs nothing until it is triggered.
     *
     * @param maxWorkers compactions at the same time; 0 runs only manual ones
     */
    public CompactionScheduler(CompactionPolicy policy, CompactionHost host, CompactionJob.Setting setting,
            int maxWorkers) {
        this.policy = policy;
        this.host = host;
        this.running = new RunningCompactions(host);
        this.runner = new CompactionRunner(host, setting);
        this.tables = setting.tables();
        this.maxWorkers = maxWorkers;
    }

    /** Looks whether there is something to do, and has it done by other threads. Quick. */
    public void trigger() {
        boolean start;
        lock.lock();
        try {
            start = mayRun() && workers < maxWorkers;
            if (start) {
                workers++;
            }
        } finally {
            lock.unlock();
        }
        if (start) {
            execute(this::work);
        }
    }

    private boolean mayRun() {
        return !closing && !stopped && retries.mayTry();
    }

    private void execute(Runnable task) {
        try {
            host.execute(task);
        } catch (RuntimeException e) {
            workerEnds();
            if (!closing) {
                throw e;
            }
            LOG.debug("no compaction is started while the store closes: {}", e.toString());
        }
    }

    private void workerEnds() {
        lock.lock();
        try {
            workers--;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One worker: compacts until there is nothing to do, and wakes another one whenever there may be more. */
    private void work() {
        try {
            boolean more = true;
            while (more) {
                more = compactOne();
            }
        } finally {
            workerEnds();
        }
    }

    private boolean compactOne() {
        RunningCompactions.Choice choice = choose();
        try {
            Compaction chosen = choice.compaction();
            if (chosen == null) {
                return false;
            }
            trigger();
            return runAutomatic(chosen, choice.version());
        } finally {
            choice.version().release();
        }
    }

    private RunningCompactions.Choice choose() {
        Horizon horizon = host.horizon();
        return running.choose((version, inFlight) -> isAllowed() ? pick(version, inFlight, horizon)
                : Optional.empty());
    }

    private Optional<Compaction> pick(Version version, InFlight inFlight, Horizon horizon) {
        Optional<Compaction> covered = CoveredTables.pick(version, inFlight, tables, horizon.oldestReader());
        return covered.isPresent() ? covered : policy.pick(version, inFlight, horizon);
    }

    private boolean isAllowed() {
        lock.lock();
        try {
            return mayRun();
        } finally {
            lock.unlock();
        }
    }

    private boolean runAutomatic(Compaction chosen, Version version) {
        try {
            runner.run(chosen, version, () -> closing);
            onSuccess();
            return true;
        } catch (CancelledException e) {
            LOG.debug("compaction ended early: {}", e.getMessage());
        } catch (RuntimeException e) {
            onFailure(chosen, e);
        } finally {
            running.end(chosen);
        }
        return false;
    }

    private void onSuccess() {
        lock.lock();
        try {
            retries.succeeded();
        } finally {
            lock.unlock();
        }
    }

    private void onFailure(Compaction compaction, RuntimeException cause) {
        int attempt;
        lock.lock();
        try {
            attempt = retries.failed();
        } finally {
            lock.unlock();
        }
        LOG.warn("compaction failed, attempt {} of {}: {}", attempt, MAX_ATTEMPTS, compaction, cause);
        if (attempt >= MAX_ATTEMPTS) {
            host.gaveUp(cause);
            return;
        }
        host.failed(compaction, cause, attempt);
        host.later(Retries.pauseAfter(attempt), () -> {
            lock.lock();
            try {
                retries.pauseEnds();
            } finally {
                lock.unlock();
            }
            trigger();
        });
    }

    /** Tries again after it gave up. */
    public void resume() {
        lock.lock();
        try {
            if (retries.hasGivenUp()) {
                retries.succeeded();
            }
        } finally {
            lock.unlock();
        }
        trigger();
    }

    /** Starts no automatic compaction until {@link #restart}, and waits for those that run. */
    public void pause() {
        lock.lock();
        try {
            stopped = true;
            while (workers > 0) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a {@link #pause}. */
    public void restart() {
        lock.lock();
        try {
            stopped = false;
        } finally {
            lock.unlock();
        }
        trigger();
    }

    /** Runs something in the calling thread while no compaction does, not even a manual one. */
    public void alone(Runnable action) {
        try {
            running.alone(action);
        } finally {
            trigger();
        }
    }

    /** Learns what a manual compaction has done so far. */
    @FunctionalInterface
    public interface ManualListener {

        /** After each step. */
        void onStep(CompactionJob.Result result);
    }

    /**
     * Compacts a range in the calling thread: afterwards all its entries are in one level, without what nobody needs.
     * Ends early, between two blocks, when the thread is interrupted (CancelledException, the flag stays set), the
     * store closes, or the time is over; what was done until then stays.
     *
     * @param deadlineNanos on the scale of System.nanoTime, or Long.MAX_VALUE for none
     */
    public void compact(KeyLimits range, long deadlineNanos, ManualListener listener) {
        manual(range, true, deadlineNanos, listener);
    }

    /** {@link #compact} of everything, but tables that are in the deepest level already are not rewritten. */
    public void flatten(long deadlineNanos, ManualListener listener) {
        manual(KeyLimits.ALL, false, deadlineNanos, listener);
    }

    private void manual(KeyLimits range, boolean rewrite, long deadlineNanos, ManualListener listener) {
        ManualCompaction manual = new ManualCompaction(policy, running, runner, () -> closing, deadlineNanos, listener);
        long beganAt = host.newestVersion();
        if (rewrite) {
            Version before = host.holdVersion();
            manual.rewrite(before);
            before.release();
        }
        count(1);
        try {
            manual.run(range, beganAt);
        } finally {
            count(-1);
        }
        resume();
    }

    /**
     * Writes anew, in the calling thread, all tables that refer to some files of the value log, so that in the end none
     * does. Ends early as {@link #compact} does.
     *
     * @param mover moves the values
     */
    public void rewrite(Set<Long> segments, ValueMover mover, ManualListener listener) {
        count(1);
        try {
            new ManualCompaction(policy, running, runner, () -> closing, Long.MAX_VALUE, listener)
                    .empty(segments, mover);
        } finally {
            count(-1);
        }
        trigger();
    }

    private void count(int change) {
        lock.lock();
        try {
            manuals += change;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs in the calling thread whatever is urgent, until nothing is; for tests and for closing in an orderly state.
     */
    public void runUntilQuiet() {
        boolean more = true;
        while (more) {
            RunningCompactions.Choice choice = choose();
            Compaction chosen = choice.compaction();
            more = chosen != null;
            try {
                if (chosen != null) {
                    runner.run(chosen, choice.version(), () -> closing);
                }
            } finally {
                if (chosen != null) {
                    running.end(chosen);
                }
                choice.version().release();
            }
        }
    }

    /** Compactions that run now. */
    public int running() {
        return running.now().running().size();
    }

    /** How urgent each level is, see {@link CompactionPolicy#scores}. */
    public double[] scores() {
        Version version = host.holdVersion();
        try {
            return policy.scores(version, running.now());
        } finally {
            version.release();
        }
    }

    /** About how many bytes compaction is behind, see {@link CompactionPolicy#pendingBytes}. */
    public long pendingBytes() {
        Version version = host.holdVersion();
        try {
            return policy.pendingBytes(version);
        } finally {
            version.release();
        }
    }

    /** Cancels what runs and waits until it has ended. Idempotent. */
    @Override
    public void close() {
        closing = true;
        lock.lock();
        try {
            while (workers > 0 || manuals > 0) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
