// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the passes of one compaction in the calling thread and in whatever other threads the executor has to spare. The
 * caller takes passes too and waits only for those that another thread has taken, so an executor that is busy with other
 * compactions slows it down and never blocks it: the number of threads is the throttle.
 *
 * <p>One use. When a pass fails the others end early, all that was written is deleted, and the first failure is thrown.
 */
final class ParallelPasses {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final List<MergePass> passes = new ArrayList<>();
    private final MergePass.@Nullable Result[] results;
    private final BooleanSupplier cancelled;
    private int running;
    private volatile @Nullable Throwable failure;

    /**
     * Runs nothing yet.
     *
     * @param slices one pass for each
     * @param maker makes it
     */
    ParallelPasses(List<KeyLimits> slices, BooleanSupplier cancelled, PassMaker maker) {
        this.cancelled = cancelled;
        this.results = new MergePass.Result[slices.size()];
        for (KeyLimits slice : slices) {
            waiting.add(passes.size());
            passes.add(maker.make(slice, this::shouldEnd));
        }
    }

    /** Makes the pass over one slice, given whether it should end early. */
    @FunctionalInterface
    interface PassMaker {

        MergePass make(KeyLimits slice, BooleanSupplier cancelled);
    }

    private boolean shouldEnd() {
        return failure != null || cancelled.getAsBoolean();
    }

    /** Runs all; the results are in the order of the slices. */
    List<MergePass.Result> run(Executor helpers) {
        for (int i = 1; i < passes.size(); i++) {
            try {
                helpers.execute(this::work);
            } catch (RejectedExecutionException closing) {
                break;
            }
        }
        work();
        awaitOthers();
        Throwable failed = failure;
        if (failed != null) {
            passes.forEach(MergePass::discard);
            if (failed instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed;
        }
        List<MergePass.Result> all = new ArrayList<>();
        for (MergePass.Result result : results) {
            all.add(Objects.requireNonNull(result));
        }
        return all;
    }

    private void work() {
        for (int next = take(); next >= 0; next = take()) {
            MergePass.Result result = null;
            Throwable thrown = null;
            try {
                result = passes.get(next).run();
            } catch (RuntimeException | Error e) {
                thrown = e;
            }
            finished(next, result, thrown);
        }
    }

    private int take() {
        lock.lock();
        try {
            Integer next = failure == null ? waiting.poll() : null;
            if (next == null) {
                return -1;
            }
            running++;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void finished(int index, MergePass.@Nullable Result result, @Nullable Throwable thrown) {
        lock.lock();
        try {
            results[index] = result;
            running--;
            if (thrown != null && failure == null) {
                failure = thrown;
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitOthers() {
        lock.lock();
        try {
            while (running > 0) {
                ended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
