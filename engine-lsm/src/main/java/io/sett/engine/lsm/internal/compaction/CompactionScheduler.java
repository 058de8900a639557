// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.spi.log.Loggers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
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
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final CompactionPolicy policy;
    private final CompactionHost host;
    private final TableCache tables;
    private final TableSequence.Place place;
    private final int maxWorkers;
    private final int versionsToKeep;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private InFlight inFlight = InFlight.NONE;
    private int workers;
    private int manuals;
    private int failures;
    private boolean pausing;
    private boolean stopped;
    private @Nullable RuntimeException givenUp;
    private volatile boolean closing;

    /**
     * A scheduler that runs nothing until it is triggered.
     *
     * @param maxWorkers compactions at the same time; 0 runs only manual ones
     */
    public CompactionScheduler(CompactionPolicy policy, CompactionHost host, TableCache tables,
            TableSequence.Place place, int maxWorkers, int versionsToKeep) {
        this.policy = policy;
        this.host = host;
        this.tables = tables;
        this.place = place;
        this.maxWorkers = maxWorkers;
        this.versionsToKeep = versionsToKeep;
    }

    /** Looks whether there is something to do, and has it done by other threads. Quick. */
    public void trigger() {
        boolean start;
        lock.lock();
        try {
            start = mayStart();
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

    private boolean mayStart() {
        return !closing && !stopped && !pausing && givenUp == null && workers < maxWorkers;
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
            changed.signalAll();
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

    /** What to do next, with the version that it was chosen from, held. */
    private record Choice(Version version, @Nullable Compaction compaction, boolean done) {
    }

    private boolean compactOne() {
        Choice choice = choose();
        Compaction chosen = choice.compaction;
        try {
            if (chosen == null) {
                return false;
            }
            trigger();
            return runAutomatic(chosen, choice.version);
        } finally {
            choice.version.release();
        }
    }

    private boolean runAutomatic(Compaction chosen, Version version) {
        try {
            run(chosen, version, () -> closing);
            onSuccess();
            return true;
        } catch (CancelledException e) {
            LOG.debug("compaction ended early: {}", e.getMessage());
        } catch (RuntimeException e) {
            onFailure(chosen, e);
        } finally {
            end(chosen);
        }
        return false;
    }

    /**
     * The version is taken under the lock: a compaction that has been applied leaves {@link #inFlight} only afterwards,
     * so its inputs are either busy or no longer in the version.
     */
    private Choice choose() {
        long oldest = host.oldestReader();
        lock.lock();
        try {
            Version version = host.holdVersion();
            boolean allowed = !closing && !stopped && givenUp == null && !pausing;
            Optional<Compaction> picked = allowed ? pick(version, oldest) : Optional.empty();
            picked.ifPresent(this::begin);
            return new Choice(version, picked.orElse(null), picked.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    private Optional<Compaction> pick(Version version, long oldest) {
        Optional<Compaction> covered = CoveredTables.pick(version, inFlight, tables, oldest);
        return covered.isPresent() ? covered : policy.pick(version, inFlight, oldest);
    }

    private void begin(Compaction compaction) {
        inFlight = inFlight.with(compaction);
    }

    private void end(Compaction compaction) {
        lock.lock();
        try {
            inFlight = inFlight.without(compaction);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private CompactionJob.Result run(Compaction compaction, Version version, BooleanSupplier cancelled) {
        long began = System.nanoTime();
        host.began(compaction);
        LOG.debug("compaction begins: {}", compaction);
        CompactionJob.Result result = new CompactionJob(compaction, version, tables, place, host.oldestReader(),
                versionsToKeep, cancelled).run();
        host.apply(result.edit());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        LOG.debug("compaction done in {}: {} bytes to {}, {} entries dropped", took, result.inputBytes(),
                result.outputBytes(), result.dropped());
        host.completed(result, took);
        return result;
    }

    private void onSuccess() {
        lock.lock();
        try {
            failures = 0;
        } finally {
            lock.unlock();
        }
    }

    private void onFailure(Compaction compaction, RuntimeException cause) {
        int attempt;
        lock.lock();
        try {
            attempt = ++failures;
            pausing = attempt < MAX_ATTEMPTS;
            if (!pausing) {
                givenUp = cause;
            }
        } finally {
            lock.unlock();
        }
        LOG.warn("compaction failed, attempt {} of {}: {}", attempt, MAX_ATTEMPTS, compaction, cause);
        if (attempt >= MAX_ATTEMPTS) {
            host.gaveUp(cause);
            return;
        }
        host.failed(compaction, cause, attempt);
        host.later(FIRST_PAUSE.multipliedBy(1L << attempt - 1), () -> {
            lock.lock();
            try {
                pausing = false;
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
            givenUp = null;
            failures = 0;
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
                changed.awaitUninterruptibly();
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
        long beganAt = host.newestVersion();
        Set<Long> old = new HashSet<>();
        Version before = host.holdVersion();
        for (FileMetadata file : before.allFiles()) {
            old.add(file.id());
        }
        before.release();
        lock.lock();
        manuals++;
        lock.unlock();
        try {
            boolean more = true;
            while (more) {
                checkManual(deadlineNanos);
                more = manualStep(range, old, beganAt, deadlineNanos, listener);
            }
        } finally {
            lock.lock();
            manuals--;
            changed.signalAll();
            lock.unlock();
        }
        trigger();
    }

    private boolean manualStep(KeyLimits range, Set<Long> old, long beganAt, long deadlineNanos,
            ManualListener listener) {
        Choice choice = chooseManual(range, old, beganAt);
        Compaction chosen = choice.compaction;
        try {
            if (chosen == null) {
                return !choice.done;
            }
            try {
                listener.onStep(run(chosen, choice.version, () -> closing || Thread.currentThread().isInterrupted()
                        || deadlineNanos != Long.MAX_VALUE && System.nanoTime() - deadlineNanos > 0));
            } catch (CancelledException e) {
                checkManual(deadlineNanos);
                throw e;
            } finally {
                end(chosen);
            }
            return true;
        } finally {
            choice.version.release();
        }
    }

    private Choice chooseManual(KeyLimits range, Set<Long> old, long beganAt) {
        lock.lock();
        try {
            Version version = host.holdVersion();
            CompactionPolicy.ManualStep step = policy.pickManual(version, inFlight, range, old, beganAt);
            step.compaction().ifPresent(this::begin);
            if (step.compaction().isEmpty() && !step.done()) {
                awaitChange();
            }
            return new Choice(version, step.compaction().orElse(null), step.done());
        } finally {
            lock.unlock();
        }
    }

    /** Until a compaction ends, or a moment, so that the caller can look after deadline and interruption. */
    private void awaitChange() {
        try {
            if (!changed.await(50, TimeUnit.MILLISECONDS)) {
                LOG.trace("a manual compaction waits for running ones");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkManual(long deadlineNanos) {
        if (closing) {
            throw new ClosedException(ErrorCode.STORE_CLOSED, "the store was closed during a manual compaction");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(ErrorCode.CANCELLED,
                    "a manual compaction was interrupted; what it did until then stays");
        }
        if (deadlineNanos != Long.MAX_VALUE && System.nanoTime() - deadlineNanos > 0) {
            throw new DeadlineExceededException(ErrorCode.DEADLINE_EXCEEDED,
                    "a manual compaction took longer than its timeout; what it did until then stays");
        }
    }

    /**
     * Runs in the calling thread whatever is urgent, until nothing is; for tests and for closing in an orderly state.
     */
    public void runUntilQuiet() {
        boolean more = true;
        while (more) {
            Choice choice = choose();
            Compaction chosen = choice.compaction;
            more = chosen != null;
            try {
                if (chosen != null) {
                    run(chosen, choice.version, () -> closing);
                }
            } finally {
                if (chosen != null) {
                    end(chosen);
                }
                choice.version.release();
            }
        }
    }

    /** Compactions that run now. */
    public int running() {
        lock.lock();
        try {
            return inFlight.running().size();
        } finally {
            lock.unlock();
        }
    }

    /** How urgent each level is, see {@link CompactionPolicy#scores}. */
    public double[] scores() {
        Version version = host.holdVersion();
        try {
            InFlight now;
            lock.lock();
            try {
                now = inFlight;
            } finally {
                lock.unlock();
            }
            return policy.scores(version, now);
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
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
