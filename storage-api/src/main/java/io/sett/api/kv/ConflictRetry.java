// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.RetryPolicy;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.TransactionConflictException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Repeats a transaction that lost against another one, with exponential back-off and full jitter. */
final class ConflictRetry {

    private final RetryPolicy policy;

    ConflictRetry(RetryPolicy policy) {
        this.policy = policy;
    }

    <T> T run(Supplier<T> attempt) {
        long start = System.nanoTime();
        for (int number = 1;; number++) {
            try {
                return attempt.get();
            } catch (TransactionConflictException conflict) {
                boolean late = System.nanoTime() - start >= policy.maxDuration().toNanos();
                if (!conflict.retryable() || number >= policy.maxAttempts() || late) {
                    throw conflict;
                }
                pause(number + 1, conflict);
            }
        }
    }

    private void pause(int attempt, TransactionConflictException conflict) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(ErrorCode.CANCELLED, "interrupted before attempt " + attempt
                    + " of a conflicting transaction; nothing was written", java.util.Map.of(), conflict);
        }
        long longest = policy.backoffNanos(attempt);
        if (longest > 0) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest) + 1);
        }
    }
}
