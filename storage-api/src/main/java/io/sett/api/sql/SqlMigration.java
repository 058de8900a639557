// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import java.util.function.Consumer;

/**
 * One step of a schema from a version to the next.
 *
 * @param version the version of the schema after this step; at least 1, higher than that of the step before
 * @param description what it does, for logs and errors
 * @param body the statements; must neither commit nor roll back
 */
public record SqlMigration(int version, String description, Consumer<? super SqlTransaction> body) {

    /** Refuses a version below 1 with {@code INVALID_ARGUMENT}. */
    public SqlMigration {
        if (version < 1) {
            throw Checks.invalid("The version of migration '" + description + "' is " + version
                    + "; it must be at least 1");
        }
    }

    /** A step made of statements separated by semicolons. */
    public static SqlMigration script(int version, String description, String script) {
        return new SqlMigration(version, description, transaction -> transaction.executeScript(script));
    }
}
