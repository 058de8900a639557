// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import java.time.Duration;

/**
 * How often and with what pauses a conflicting transaction is repeated: exponential back-off with jitter, bounded by
 * count and by time. Immutable.
 *
 * @param maxAttempts how often the body runs at most, at least 1
 * @param initialBackoff pause before the second attempt (a random part of it is waited)
 * @param maxBackoff longest pause
 * @param maxDuration no new attempt starts after this time
 */
public record RetryPolicy(int maxAttempts, Duration initialBackoff, Duration maxBackoff, Duration maxDuration) {

    private static final RetryPolicy DEFAULTS =
            new RetryPolicy(1000, Duration.ofNanos(20_000), Duration.ofMillis(20), Duration.ofSeconds(30));
    private static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30));

    /** Checks the values. */
    public RetryPolicy {
        if (maxAttempts < 1 || initialBackoff.isNegative() || maxBackoff.compareTo(initialBackoff) < 0
                || maxDuration.isNegative()) {
            throw new IllegalArgumentException("retry policy needs maxAttempts >= 1 and 0 <= initialBackoff <= "
                    + "maxBackoff, got " + maxAttempts + ", " + initialBackoff + ", " + maxBackoff + ", " + maxDuration);
        }
    }

    /** At most 1000 attempts within 30 s, pauses from 20 µs to 20 ms. */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** One attempt: a conflict reaches the caller at once. */
    public static RetryPolicy never() {
        return NEVER;
    }

    /** The same with another number of attempts. */
    public RetryPolicy withMaxAttempts(int attempts) {
        return new RetryPolicy(attempts, initialBackoff, maxBackoff, maxDuration);
    }

    /** The same with another time bound. */
    public RetryPolicy withMaxDuration(Duration duration) {
        return new RetryPolicy(maxAttempts, initialBackoff, maxBackoff, duration);
    }

    /**
     * The longest pause before this attempt, in nanoseconds; the caller waits a random part of it.
     *
     * @param attempt the number of the attempt that comes, from 2 on
     */
    public long backoffNanos(int attempt) {
        int doublings = Math.min(30, Math.max(0, attempt - 2));
        return Math.min(maxBackoff.toNanos(), initialBackoff.toNanos() << doublings);
    }
}
