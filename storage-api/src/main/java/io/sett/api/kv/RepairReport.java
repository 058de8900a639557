// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.KeyRange;
import java.time.Duration;
import java.util.List;

/**
 * What was saved from a damaged store, and what was not. Immutable.
 *
 * @param entries versions of keys that the new store has
 * @param logCommits commits of the logs among them
 * @param lost ranges of keys whose newest values may have been lost; what they had up to then is left out, so that no
 *     old value comes back as if it were the newest
 * @param problems every damage that was met, with file and offset, and what is unknown
 * @param duration how long it took
 */
public record RepairReport(long entries, long logCommits, List<KeyRange> lost, List<String> problems,
        Duration duration) {

    /** Copies the lists. */
    public RepairReport {
        lost = List.copyOf(lost);
        problems = List.copyOf(problems);
    }

    /** Whether everything was saved. */
    public boolean isComplete() {
        return problems.isEmpty();
    }
}
