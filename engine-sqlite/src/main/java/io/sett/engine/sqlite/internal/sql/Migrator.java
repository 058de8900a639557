// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.FormatVersionException;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageException;
import io.sett.api.sql.Rows;
import io.sett.api.sql.SqlMigration;
import io.sett.api.sql.SqlMigrationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings a schema up to date; its version is the {@code user_version} of the database file. */
final class Migrator {

    private final SqlCore core;
    private final Duration timeout;

    Migrator(SqlCore core, Optional<Duration> timeout) {
        this.core = core;
        this.timeout = timeout.orElse(Duration.ofDays(1));
    }

    SqlMigrationResult migrate(List<SqlMigration> migrations) {
        core.database().checkOpen();
        checkOrder(migrations);
        int from = check(migrations);
        int now = from;
        List<Integer> applied = new ArrayList<>();
        for (SqlMigration migration : migrations) {
            if (migration.version() > from) {
                now = migrate(migration, migrations, applied);
            }
        }
        return new SqlMigrationResult(from, now, applied);
    }

    /** Compares the steps with what ran; answers the version of the schema. */
    private int check(List<SqlMigration> migrations) {
        try (SqliteTransaction look = core.begin(true, true, timeout)) {
            int schema = version(look);
            checkNotNewer(schema, migrations);
            MigrationHistory.problem(MigrationHistory.read(look), migrations, schema).ifPresent(problem -> {
                throw new FormatVersionException(ErrorCode.FORMAT_VERSION, "store '" + core.name()
                        + "': the schema has version " + schema + ", but " + problem,
                        Map.of("store", core.name(), "schema", schema));
            });
            return schema;
        }
    }

    /** Runs a step unless somebody else did meanwhile; answers the version of the schema. */
    private int migrate(SqlMigration migration, List<SqlMigration> migrations, List<Integer> applied) {
        try (SqliteTransaction step = core.begin(false, true, timeout)) {
            int now = version(step);
            checkNotNewer(now, migrations);
            if (now >= migration.version()) {
                return now;
            }
            apply(migration, step);
            MigrationHistory.note(step, migration, core.context().clock().instant());
            step.setVersion(migration.version());
            step.commitNow();
            applied.add(migration.version());
            return migration.version();
        }
    }

    private void apply(SqlMigration migration, SqliteTransaction step) {
        try {
            migration.body().accept(step);
        } catch (StorageException own) {
            throw own;
        } catch (RuntimeException foreign) {
            throw new InvalidOperationException(ErrorCode.TRANSACTION_FAILED, "store '" + core.name() + "': migration "
                    + migration.version() + " ('" + migration.description() + "') failed and was rolled back: "
                    + foreign,
                    Map.of("store", core.name(), "version", migration.version()), foreign);
        }
    }

    private static int version(SqliteTransaction step) {
        return step.queryOne("pragma user_version", Rows.asLong()).orElse(0L).intValue();
    }

    private static void checkOrder(List<SqlMigration> migrations) {
        for (int i = 1; i < migrations.size(); i++) {
            if (migrations.get(i).version() <= migrations.get(i - 1).version()) {
                throw SqlValues.invalid("Migration '" + migrations.get(i).description() + "' has version "
                        + migrations.get(i).version() + " and follows version " + migrations.get(i - 1).version()
                        + "; versions must ascend strictly");
            }
        }
    }

    private void checkNotNewer(int now, List<SqlMigration> migrations) {
        int newest = migrations.isEmpty() ? 0 : migrations.get(migrations.size() - 1).version();
        if (now > newest) {
            throw new FormatVersionException(ErrorCode.FORMAT_VERSION, "store '" + core.name()
                    + "': the schema has version "
                    + now + ", the newest migration known here is " + newest + "; use the version of the "
                    + "application that made it", Map.of("store", core.name(), "schema", now, "known", newest));
        }
    }
}
