// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import io.sett.api.common.ProgressListener;
import java.nio.file.Path;
import java.util.List;

/** Looking after a SQL store. Thread-safe; the store stays in use meanwhile, though writers may have to wait. */
public interface SqlMaintenance {

    /** Rewrites the database so that deleted data gives its space back. Needs as much free space again. */
    void vacuum();

    /** Gathers statistics from which queries are planned. */
    void analyze();

    /** Checks the whole database; one line for each problem, empty when it is sound. Reads everything. */
    List<String> integrityCheck();

    /** How a statement would be run, one line for each step, indented by depth. The statement itself is not run. */
    List<String> explain(SqlStatement statement);

    /** How a statement with positional parameters would be run. */
    default List<String> explain(String sql, Object... parameters) {
        return explain(SqlStatement.of(sql, parameters));
    }

    /**
     * Copies the database, as of one moment, to a file that appears when it is complete. Readers and writers go on.
     * Needs the capability {@code BACKUP}.
     *
     * @throws io.sett.api.error.InvalidOperationException with {@code FILE_ALREADY_EXISTS}
     * @throws io.sett.api.error.StorageUnavailableException with {@code BACKUP_FAILED}; nothing remains of it
     */
    SqlBackupResult backup(Path file, ProgressListener progress);

    /** Copies the database to a file, see {@link #backup(Path, ProgressListener)}. */
    default SqlBackupResult backup(Path file) {
        return backup(file, ProgressListener.NONE);
    }

    /**
     * Puts a backup in place of the whole content, which it checks first. Open transactions and streams end; others
     * wait.
     *
     * @throws io.sett.api.error.KeyNotFoundException with {@code FILE_NOT_FOUND}
     * @throws io.sett.api.error.CorruptionException with {@code BACKUP_CORRUPTED}; the store is unchanged
     * @throws io.sett.api.error.StorageUnavailableException with {@code RESTORE_FAILED}; the store is unchanged
     */
    SqlBackupResult restore(Path file, ProgressListener progress);

    /** Puts a backup in place of the whole content, see {@link #restore(Path, ProgressListener)}. */
    default SqlBackupResult restore(Path file) {
        return restore(file, ProgressListener.NONE);
    }

    /** The version of the schema as {@link #migrate} left it; 0 for a new database. */
    int schemaVersion();

    /**
     * Brings the schema up to date: runs, in order, the steps whose version is higher than that of the schema. Each
     * step is one transaction together with its new version, so a failing step leaves the ones before it done.
     * Several threads or processes may call it at once.
     *
     * <p>Which steps ran is kept in the table {@code sett_migration}, with their fingerprints. Steps that ran before
     * there was such a table are taken as they are.
     *
     * @param migrations all steps ever made, in strictly ascending order of version; otherwise {@code INVALID_ARGUMENT}
     * @throws io.sett.api.error.FormatVersionException when the schema is newer than the last step, when a step that
     *     ran has another fingerprint now or is missing from the list, and when a step was put among those that ran;
     *     nothing is changed then
     */
    SqlMigrationResult migrate(List<SqlMigration> migrations);

    /** Forgets all cached results. Only needed when somebody else changed the database behind the store's back. */
    void clearQueryCache();

    /** The counters since the store was opened. Cheap. */
    SqlStats stats();
}
