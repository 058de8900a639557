// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import io.sett.api.error.CancelledException;
import io.sett.api.error.ErrorCode;
import io.sett.spi.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits for a permit, in pieces, so that overdue holders can be ended meanwhile. */
final class Waiting {

    private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private Waiting() {
    }

    /**
     * Waits for a permit.
     *
     * @param longest how long to wait when the deadline is later
     * @param betweenPieces is called now and then
     * @return whether it has the permit
     */
    static boolean acquire(Semaphore permits, Deadline deadline, Duration longest, String what,
            Runnable betweenPieces) {
        long end = System.nanoTime() + Math.min(longest.toNanos(), deadline.remainingNanos());
        try {
            betweenPieces.run();
            long left = end - System.nanoTime();
            while (left > 0) {
                if (permits.tryAcquire(Math.min(left, PIECE_NANOS), TimeUnit.NANOSECONDS)) {
                    return true;
                }
                betweenPieces.run();
                left = end - System.nanoTime();
            }
            return permits.tryAcquire();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException(ErrorCode.CANCELLED, what + " was interrupted while it waited; nothing was "
                    + "changed", Map.of(), interrupted);
        }
    }
}
