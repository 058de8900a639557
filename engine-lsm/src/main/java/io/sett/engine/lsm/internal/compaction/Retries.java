// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import java.time.Duration;

/**
 * Counts failures in a row: after each the pause before the next attempt is twice as long, after the last allowed one
 * there is no further attempt. Not for several threads at once: its owner has a lock.
 */
final class Retries {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final int allowed;
    private int failures;
    private boolean pausing;

    Retries(int allowed) {
        this.allowed = allowed;
    }

    boolean mayTry() {
        return !pausing && !hasGivenUp();
    }

    boolean hasGivenUp() {
        return failures >= allowed;
    }

    void succeeded() {
        failures = 0;
        pausing = false;
    }

    /** Counts; the pause that follows is over when {@link #pauseEnds} is called. */
    int failed() {
        failures++;
        pausing = !hasGivenUp();
        return failures;
    }

    /** How long to wait after so many failures in a row. */
    static Duration pauseAfter(int failures) {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(20, failures - 1));
    }

    void pauseEnds() {
        pausing = false;
    }
}
