// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a backup or a restore did.
 *
 * @param file the backup file
 * @param bytes its length
 * @param duration the time it took
 */
public record SqlBackupResult(Path file, long bytes, Duration duration) {

    /** Refuses a negative length with {@code INVALID_ARGUMENT}. */
    public SqlBackupResult {
        Checks.notNegative(bytes, "bytes");
    }
}
