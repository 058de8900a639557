// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.commit;

import io.sett.engine.lsm.internal.wal.LogBatch;
import io.sett.spi.kv.CommitRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A commit on its way. Made by the committing thread, taken by a leader, completed once: with a version, or with an
 * error.
 */
public final class PendingCommit {

    private static final int WAITING = 0;
    private static final int TAKEN = 1;
    private static final int WITHDRAWN = 2;
    private static final int DONE = 3;

    private final CommitRequest request;
    private final LogBatch batch;
    private final boolean sync;
    private final @Nullable Thread waiter;
    private final @Nullable CompletableFuture<Long> future;
    private final AtomicInteger state = new AtomicInteger();
    private long version;
    private @Nullable RuntimeException failure;

    private PendingCommit(CommitRequest request, LogBatch batch, boolean sync, @Nullable Thread waiter,
            @Nullable CompletableFuture<Long> future) {
        this.request = request;
        this.batch = batch;
        this.sync = sync;
        this.waiter = waiter;
        this.future = future;
    }

    /** A commit for which this thread waits. */
    public static PendingCommit waiting(CommitRequest request, LogBatch batch, boolean sync) {
        return new PendingCommit(request, batch, sync, Thread.currentThread(), null);
    }

    /** A commit that completes a future. */
    public static PendingCommit completing(CommitRequest request, LogBatch batch, boolean sync,
            CompletableFuture<Long> future) {
        return new PendingCommit(request, batch, sync, null, future);
    }

    /** What to commit. */
    public CommitRequest request() {
        return request;
    }

    /** Its writes as the log stores them. */
    public LogBatch batch() {
        return batch;
    }

    boolean sync() {
        return sync;
    }

    @Nullable Thread waiter() {
        return waiter;
    }

    /** For the leader: from now on it cannot be withdrawn. */
    boolean take() {
        return state.compareAndSet(WAITING, TAKEN);
    }

    /** For the waiting thread: gives up unless a leader has it. */
    boolean withdraw() {
        return state.compareAndSet(WAITING, WITHDRAWN);
    }

    boolean isWaiting() {
        return state.get() == WAITING;
    }

    boolean isDone() {
        return state.get() == DONE;
    }

    void succeed(long commitVersion) {
        version = commitVersion;
        finish();
    }

    void fail(RuntimeException error) {
        failure = error;
        finish();
    }

    private void finish() {
        state.set(DONE);
    }

    /** Tells whoever waits; called when the leader has no more to do with the group. */
    void signal(@Nullable Thread leader) {
        CompletableFuture<Long> stage = future;
        if (stage != null) {
            RuntimeException error = failure;
            if (error != null) {
                stage.completeExceptionally(error);
            } else {
                stage.complete(version);
            }
        } else if (waiter != leader) {
            LockSupport.unpark(waiter);
        }
    }

    /** The version, or the error. Only when done. */
    long result() {
        RuntimeException error = failure;
        if (error != null) {
            throw error;
        }
        return version;
    }
}
