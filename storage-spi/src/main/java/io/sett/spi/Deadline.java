// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import io.sett.api.error.CancelledException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The moment by which a call must be over. Immutable; checked at waits and between blocks, not by a timer. */
public final class Deadline {

    private static final Deadline NONE = new Deadline(0, Duration.ZERO);

    private final long endNanos;
    private final Duration timeout;

    private Deadline(long endNanos, Duration timeout) {
        this.endNanos = endNanos;
        this.timeout = timeout;
    }

    /** No deadline. */
    public static Deadline none() {
        return NONE;
    }

    /** That long from now. */
    public static Deadline after(Duration timeout) {
        long nanos;
        try {
            nanos = timeout.toNanos();
        } catch (ArithmeticException centuries) {
            return NONE;
        }
        return new Deadline(System.nanoTime() + nanos, timeout);
    }

    /** That long from now, or none. */
    public static Deadline after(Optional<Duration> timeout) {
        return timeout.map(Deadline::after).orElse(NONE);
    }

    /** Whether there is none. */
    public boolean isNone() {
        return this == NONE;
    }

    /** Nanoseconds left, at least 0; the largest long when there is no deadline. */
    public long remainingNanos() {
        return isNone() ? Long.MAX_VALUE : Math.max(0, endNanos - System.nanoTime());
    }

    /** Whether it has passed. */
    public boolean isOver() {
        return !isNone() && endNanos - System.nanoTime() <= 0;
    }

    /**
     * Goes on only while there is time and nobody interrupted this thread; the interrupt flag stays set.
     *
     * @param what the operation, for the message ("get in store 'chain'")
     */
    public void check(String what) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(ErrorCode.CANCELLED, what + " was interrupted; nothing was changed");
        }
        if (isOver()) {
            throw exceeded(what);
        }
    }

    /** The error of an operation that took too long. */
    public DeadlineExceededException exceeded(String what) {
        return new DeadlineExceededException(ErrorCode.DEADLINE_EXCEEDED, what + " was not done within " + timeout
                + "; nothing was changed; give it a longer timeout or find out what it waits for",
                Map.of("timeout", timeout));
    }
}
