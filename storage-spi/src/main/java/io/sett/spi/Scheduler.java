// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import java.time.Duration;

/**
 * Runs work later or periodically. Tests drive it by hand; the shared one uses one daemon thread that exists only while
 * there is work.
 *
 * <p>Tasks must be short: hand long work to a thread of the engine. What a task throws is logged and does not end its
 * repetition.
 */
public interface Scheduler {

    /** A scheduled task. */
    interface Task {

        /** Prevents further runs; a run in progress ends by itself. Idempotent. */
        void cancel();
    }

    /** Runs a task once, after a delay. */
    Task after(Duration delay, Runnable task);

    /** Runs a task every period, the first time after one period. */
    Task every(Duration period, Runnable task);

    /** The scheduler of this process: a daemon thread, started with the first task. */
    static Scheduler shared() {
        return ThreadScheduler.SHARED;
    }
}
