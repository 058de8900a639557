// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import java.util.List;

/**
 * What {@link SqlMaintenance#migrate} did.
 *
 * @param fromVersion the version of the schema before
 * @param toVersion the version of the schema now
 * @param applied the versions of the steps that ran, in order
 */
public record SqlMigrationResult(int fromVersion, int toVersion, List<Integer> applied) {

    /** Copies the list. */
    public SqlMigrationResult {
        applied = List.copyOf(applied);
    }
}
