// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.spi.kv.CommitRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A commit on its way: waiting until somebody takes it into a group, or given up before that. */
final class PendingCommit {

    private static final int WAITING = 0;
    private static final int TAKEN = 1;
    private static final int GIVEN_UP = 2;

    private final CommitRequest request;
    private final Thread thread = Thread.currentThread();
    private final AtomicInteger state = new AtomicInteger(WAITING);
    private final CompletableFuture<Long> result = new CompletableFuture<>();
    /** The version it got; for the one who commits. */
    long version;

    PendingCommit(CommitRequest request) {
        this.request = request;
    }

    CommitRequest request() {
        return request;
    }

    /** The thread that waits for it. */
    Thread thread() {
        return thread;
    }

    CompletableFuture<Long> result() {
        return result;
    }

    boolean take() {
        return state.compareAndSet(WAITING, TAKEN);
    }

    boolean giveUp() {
        return state.compareAndSet(WAITING, GIVEN_UP);
    }
}
