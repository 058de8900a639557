// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

/**
 * What writing or reading a snapshot file did.
 *
 * @param entries entries written or stored
 * @param skipped entries passed over: expired, already present, or refused as too large
 * @param fileBytes the length of the file
 */
public record CacheSnapshotResult(long entries, long skipped, long fileBytes) {

    /** Refuses negative numbers with {@code INVALID_ARGUMENT}. */
    public CacheSnapshotResult {
        Checks.notNegative(entries, "entries");
        Checks.notNegative(skipped, "skipped");
        Checks.notNegative(fileBytes, "fileBytes");
    }
}
