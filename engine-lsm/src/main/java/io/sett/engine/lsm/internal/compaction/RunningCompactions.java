// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.version.Version;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The compactions that run, and the one door through which a new one comes: it is chosen and registered in one step, so
 * no two workers ever share a table. Any thread.
 */
final class RunningCompactions {

    private static final int MOMENT_MILLIS = 50;

    private final CompactionHost host;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private InFlight inFlight = InFlight.NONE;
    /** How many want that no compaction begins. */
    private int held;

    RunningCompactions(CompactionHost host) {
        this.host = host;
    }

    /**
     * What was chosen.
     *
     * @param version from which it was chosen, held for the caller, who releases it
     * @param compaction registered as running, null when there is nothing
     */
    record Choice(Version version, @Nullable Compaction compaction) {
    }

    /**
     * Chooses and registers. The version is taken under the lock: a compaction that has been applied leaves the running
     * ones only afterwards, so its inputs are either busy or no longer in the version.
     */
    Choice choose(BiFunction<Version, InFlight, Optional<Compaction>> policy) {
        lock.lock();
        try {
            Version version = host.holdVersion();
            Optional<Compaction> picked = held > 0 ? Optional.empty() : policy.apply(version, inFlight);
            if (picked.isPresent()) {
                inFlight = inFlight.with(picked.get());
            }
            return new Choice(version, picked.orElse(null));
        } finally {
            lock.unlock();
        }
    }

    /** Runs something while no compaction does; those that run are waited for, new ones wait. */
    void alone(Runnable action) {
        lock.lock();
        try {
            held++;
            while (!inFlight.running().isEmpty()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        try {
            action.run();
        } finally {
            lock.lock();
            held--;
            changed.signalAll();
            lock.unlock();
        }
    }

    /** It has ended, well or not. */
    void end(Compaction compaction) {
        lock.lock();
        try {
            inFlight = inFlight.without(compaction);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until one ends, or a moment, so that the caller can look after deadline and interruption. */
    void awaitEnd() {
        lock.lock();
        try {
            boolean signalled = inFlight.running().isEmpty() && held == 0;
            if (!signalled) {
                signalled = changed.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    InFlight now() {
        lock.lock();
        try {
            return inFlight;
        } finally {
            lock.unlock();
        }
    }
}
