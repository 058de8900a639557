// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One compaction of a range by hand, in the calling thread, step by step beside the automatic ones. What a step has done
 * stays, whatever happens later.
 */
final class ManualCompaction {

    private final CompactionPolicy policy;
    private final RunningCompactions running;
    private final CompactionRunner runner;
    private final BooleanSupplier closing;
    private final long deadlineNanos;
    private final CompactionScheduler.ManualListener listener;
    private final Set<Long> old = new HashSet<>();
    private @Nullable ValueMover mover;
    private boolean done;

    ManualCompaction(CompactionPolicy policy, RunningCompactions running, CompactionRunner runner,
            BooleanSupplier closing, long deadlineNanos, CompactionScheduler.ManualListener listener) {
        this.policy = policy;
        this.running = running;
        this.runner = runner;
        this.closing = closing;
        this.deadlineNanos = deadlineNanos;
        this.listener = listener;
    }

    /** Tables of this version are rewritten also where they lie deepest already. */
    void rewrite(Version version) {
        for (FileMetadata file : version.allFiles()) {
            old.add(file.id());
        }
    }

    /** Runs until the range is in one level. */
    void run(KeyLimits range, long beganAt) {
        run((version, inFlight) -> policy.pickManual(version, inFlight, range, old, beganAt));
    }

    /** Runs until no table refers to one of these files of the value log, and moves what they have. */
    void empty(Set<Long> segments, ValueMover values) {
        mover = values;
        run((version, inFlight) -> RewritePolicy.next(version, inFlight, segments));
    }

    private void run(BiFunction<Version, InFlight, CompactionPolicy.ManualStep> next) {
        while (!done) {
            check();
            step(next);
        }
    }

    private void step(BiFunction<Version, InFlight, CompactionPolicy.ManualStep> next) {
        RunningCompactions.Choice choice = running.choose((version, inFlight) -> {
            CompactionPolicy.ManualStep step = next.apply(version, inFlight);
            done = step.done();
            return step.compaction();
        });
        try {
            Compaction chosen = choice.compaction();
            if (chosen != null) {
                run(chosen, choice.version());
            } else if (!done) {
                running.awaitEnd();
            }
        } finally {
            choice.version().release();
        }
    }

    private void run(Compaction chosen, Version version) {
        try {
            listener.onStep(runner.run(chosen, version, mover, () -> closing.getAsBoolean()
                    || Thread.currentThread().isInterrupted() || isOver()));
        } catch (CancelledException e) {
            check();
            throw e;
        } finally {
            running.end(chosen);
        }
    }

    private boolean isOver() {
        return deadlineNanos != Long.MAX_VALUE && System.nanoTime() - deadlineNanos > 0;
    }

    private void check() {
        if (closing.getAsBoolean()) {
            throw new ClosedException(ErrorCode.STORE_CLOSED, "the store was closed during a manual compaction");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(ErrorCode.CANCELLED,
                    "a manual compaction was interrupted; what it did until then stays");
        }
        if (isOver()) {
            throw new DeadlineExceededException(ErrorCode.DEADLINE_EXCEEDED,
                    "a manual compaction took longer than its timeout; what it did until then stays");
        }
    }
}
