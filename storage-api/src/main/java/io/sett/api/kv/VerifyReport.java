// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.time.Duration;
import java.util.List;

/**
 * What a check of the stored data found.
 *
 * @param level how deeply it looked
 * @param problems every problem with file, offset and what is affected; empty for a healthy store
 * @param checkedFiles number of files looked at
 * @param checkedBytes bytes read
 * @param duration how long it took
 */
public record VerifyReport(VerifyLevel level, List<String> problems, int checkedFiles, long checkedBytes,
        Duration duration) {

    /** Copies the list. */
    public VerifyReport {
        problems = List.copyOf(problems);
    }

    /** Whether nothing was found. */
    public boolean isHealthy() {
        return problems.isEmpty();
    }
}
