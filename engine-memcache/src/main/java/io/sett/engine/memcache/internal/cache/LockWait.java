// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.error.CancelledException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How long operations wait for locks: {@code lock_timeout}, or less where the call has a shorter timeout of its own.
 * Immutable; the time of one operation counts from its first wait.
 */
final class LockWait {

    private final String store;
    private final Duration limit;
    private final boolean ofTheCall;
    private final long end;

    private LockWait(String store, Duration limit, boolean ofTheCall, long end) {
        this.store = store;
        this.limit = limit;
        this.ofTheCall = ofTheCall;
        this.end = end;
    }

    /** With the timeout of the cache. */
    static LockWait of(String store, Duration lockTimeout) {
        return new LockWait(store, lockTimeout, false, 0);
    }

    /** With the timeout of a call as well. */
    LockWait withTimeout(Duration timeout) {
        return timeout.compareTo(limit) < 0 ? new LockWait(store, timeout, true, 0) : this;
    }

    /** The same with its end fixed from now on; for several waits of one operation. */
    LockWait started() {
        return end != 0 ? this : new LockWait(store, limit, ofTheCall, System.nanoTime() + nanos() | 1);
    }

    private long nanos() {
        try {
            return Math.min(limit.toNanos(), TimeUnit.DAYS.toNanos(365));
        } catch (ArithmeticException centuries) {
            return TimeUnit.DAYS.toNanos(365);
        }
    }

    /** Takes a lock, or fails when the time is over. */
    void lock(ReentrantLock lock, String what) {
        if (lock.tryLock()) {
            return;
        }
        try {
            long left = end == 0 ? nanos() : end - System.nanoTime();
            if (!lock.tryLock(Math.max(0, left), TimeUnit.NANOSECONDS)) {
                throw timeout(what);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw cancelled(what, interrupted);
        }
    }

    /** Goes on only while there is time and nobody interrupted the thread. */
    void check(String what) {
        if (Thread.currentThread().isInterrupted()) {
            throw cancelled(what, new InterruptedException());
        }
        if (end != 0 && System.nanoTime() - end >= 0) {
            throw timeout(what);
        }
    }

    private StorageException cancelled(String what, InterruptedException interrupted) {
        return new CancelledException(ErrorCode.CANCELLED, "the thread was interrupted while it waited for " + what
                + " of cache '" + store + "'; nothing was changed", Map.of("waited_for", what), interrupted);
    }

    private StorageException timeout(String what) {
        Map<String, Object> facts = Map.of("waited_for", what, "timeout", limit);
        String message = what + " of cache '" + store + "' could not be had within " + limit
                + "; nothing was changed; ";
        return new DeadlineExceededException(
                ofTheCall ? ErrorCode.DEADLINE_EXCEEDED : ErrorCode.RESOURCE_LOCK_TIMEOUT, message
                        + (ofTheCall ? "give the call a longer timeout"
                                : "raise performance.lock_timeout or keep functions given to the cache shorter"),
                facts);
    }
}
