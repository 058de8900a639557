// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.commit;

import io.sett.api.common.Durability;
import io.sett.engine.lsm.internal.wal.LogBatch;
import io.sett.spi.Deadline;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.KVArguments;
import io.sett.spi.kv.WriteSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A commit on its way. Made by the committing thread, taken by a leader, completed once: with a version, or with an
 * error.
 */
public final class PendingCommit {

    private static final AtomicIntegerFieldUpdater<PendingCommit> STATE =
            AtomicIntegerFieldUpdater.newUpdater(PendingCommit.class, "state");
    private static final int WAITING = 0;
    private static final int TAKEN = 1;
    private static final int WITHDRAWN = 2;
    private static final int DONE = 3;

    private final @Nullable CommitRequest request;
    private final @Nullable KVArguments arguments;
    private final @Nullable Duration timeout;
    private @Nullable Deadline deadline;
    private final LogBatch batch;
    private final boolean sync;
    private final @Nullable Thread waiter;
    private final @Nullable CompletableFuture<Long> future;
    private volatile int state;
    private long version;
    private @Nullable RuntimeException failure;

    private PendingCommit(@Nullable CommitRequest request, @Nullable KVArguments arguments,
            @Nullable Deadline deadline, @Nullable Duration timeout, LogBatch batch, boolean sync,
            @Nullable Thread waiter, @Nullable CompletableFuture<Long> future) {
        this.timeout = timeout;
        this.request = request;
        this.arguments = arguments;
        this.deadline = deadline;
        this.batch = batch;
        this.sync = sync;
        this.waiter = waiter;
        this.future = future;
    }

    /** A commit for which this thread waits. */
    public static PendingCommit waiting(CommitRequest request, LogBatch batch, boolean sync) {
        return new PendingCommit(request, null, request.deadline(), null, batch, sync, Thread.currentThread(), null);
    }

    /**
     * A commit of operations that read nothing, for which this thread waits: a single put or delete. Its request is
     * made only if somebody must remember what it wrote.
     *
     * @param arguments the limits of the store
     * @param timeout counted from the moment at which it first has to wait
     */
    public static PendingCommit blind(KVArguments arguments, LogBatch batch, Duration timeout, boolean sync) {
        return new PendingCommit(null, arguments, null, timeout, batch, sync, Thread.currentThread(), null);
    }

    /** A commit that completes a future. */
    public static PendingCommit completing(CommitRequest request, LogBatch batch, boolean sync,
            CompletableFuture<Long> future) {
        return new PendingCommit(request, null, request.deadline(), null, batch, sync, null, future);
    }

    /** Whether it reads nothing, so that it cannot conflict, and writes something. */
    public boolean isBlind() {
        return request == null;
    }

    /** What to commit. For the leader, while the commit is not done. */
    public CommitRequest request() {
        CommitRequest given = request;
        KVArguments limits = arguments;
        if (given != null || limits == null) {
            return Objects.requireNonNull(given);
        }
        WriteSet keys = new WriteSet(limits);
        batch.forEach((kind, data, keyAt, keyLength, cellAt, cellLength) -> keys.deleteOwned(Arrays.copyOfRange(data,
                keyAt, keyAt + keyLength)));
        return CommitRequest.blind(keys, Durability.DEFAULT, deadline());
    }

    boolean writesNothing() {
        CommitRequest given = request;
        return given != null && given.writesNothing();
    }

    /** By when it must have begun. */
    public Deadline deadline() {
        Deadline known = deadline;
        if (known == null) {
            known = Deadline.after(Optional.ofNullable(timeout));
            deadline = known;
        }
        return known;
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
        return STATE.compareAndSet(this, WAITING, TAKEN);
    }

    /** For the waiting thread: gives up unless a leader has it. */
    boolean withdraw() {
        return STATE.compareAndSet(this, WAITING, WITHDRAWN);
    }

    boolean isWaiting() {
        return state == WAITING;
    }

    boolean isDone() {
        return state == DONE;
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
        state = DONE;
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
