// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.sql.Rows;
import io.sett.api.sql.SqlMigration;
import io.sett.api.sql.SqlOperations;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of a schema that ran, in a table of the database.
 *
 * <pre>
 * sett_migration  version INTEGER primary key | description TEXT | fingerprint TEXT | applied_at TEXT (moment)
 * </pre>
 */
final class MigrationHistory {

    private static final String EXISTS = "select name from sqlite_schema where type = 'table' and name = "
            + "'sett_migration'";
    private static final String TABLE = "create table if not exists sett_migration (version integer primary key, "
            + "description text not null, fingerprint text not null, applied_at text not null)";

    /** A step that ran. */
    record Applied(int version, String description, String fingerprint) {
    }

    private MigrationHistory() {
    }

    /** The steps that ran, in order; empty when nobody wrote them down. */
    static List<Applied> read(SqlOperations database) {
        if (database.query(EXISTS, Rows.asString()).isEmpty()) {
            return List.of();
        }
        return database.query("select version, description, fingerprint from sett_migration order by version",
                row -> new Applied(row.getInt(0), row.getString(1), row.getString(2)));
    }

    /** Writes a step down in the transaction in which it ran. */
    static void note(SqlOperations step, SqlMigration migration, Instant now) {
        step.execute(TABLE);
        step.execute("insert into sett_migration (version, description, fingerprint, applied_at) values (?, ?, ?, ?)",
                migration.version(), migration.description(), migration.fingerprint(), now);
    }

    /**
     * What is wrong with a list of steps, given those that ran. Steps older than the first one written down ran before
     * there was a history and cannot be compared.
     *
     * @param schema the version of the schema
     */
    static Optional<String> problem(List<Applied> history, List<SqlMigration> migrations, int schema) {
        Map<Integer, SqlMigration> known = new LinkedHashMap<>();
        migrations.forEach(migration -> known.put(migration.version(), migration));
        for (Applied applied : history) {
            SqlMigration migration = known.get(applied.version());
            if (migration == null) {
                return Optional.of("step " + applied.version() + " ('" + applied.description()
                        + "') ran and is not among the steps; put it back");
            }
            boolean comparable = !applied.fingerprint().isEmpty() && !migration.fingerprint().isEmpty();
            if (comparable && !applied.fingerprint().equals(migration.fingerprint())) {
                return Optional.of("step " + applied.version() + " ('" + migration.description()
                        + "') was changed after it ran (fingerprint then " + applied.fingerprint() + ", now "
                        + migration.fingerprint() + "); put it back and make the change in a new step");
            }
        }
        return neverRan(history, migrations, schema);
    }

    private static Optional<String> neverRan(List<Applied> history, List<SqlMigration> migrations, int schema) {
        if (history.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> ran = history.stream().map(Applied::version).toList();
        return migrations.stream()
                .filter(migration -> migration.version() > ran.get(0) && migration.version() <= schema)
                .filter(migration -> !ran.contains(migration.version())).findFirst()
                .map(migration -> "step " + migration.version() + " ('" + migration.description()
                        + "') was put among steps that ran and would never run; give it a version above " + schema);
    }
}
