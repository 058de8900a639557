// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sett.api.error.CancelledException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import io.sett.engine.sqlite.internal.db.SqlErrors;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.core.DB;

/** Every result code of SQLite becomes an error of the library. */
class ErrorMappingTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"SQLITE_ERROR, 1, SQL_STATEMENT", "SQLITE_INTERNAL, 2, INTERNAL", "SQLITE_PERM, 3, STORAGE_UNAVAILABLE",
        "SQLITE_BUSY, 5, RESOURCE_LOCK_TIMEOUT", "SQLITE_LOCKED, 6, RESOURCE_LOCK_TIMEOUT",
        "SQLITE_NOMEM, 7, MEMORY_EXHAUSTED", "SQLITE_READONLY, 8, READ_ONLY_STORE",
        "SQLITE_IOERR, 10, STORAGE_UNAVAILABLE", "SQLITE_CORRUPT, 11, CORRUPTION",
        "SQLITE_FULL, 13, INSUFFICIENT_DISK_SPACE", "SQLITE_CANTOPEN, 14, STORAGE_UNAVAILABLE",
        "SQLITE_PROTOCOL, 15, STORAGE_UNAVAILABLE", "SQLITE_SCHEMA, 17, SQL_STATEMENT",
        "SQLITE_TOOBIG, 18, ENTRY_TOO_LARGE", "SQLITE_CONSTRAINT, 19, SQL_CONSTRAINT",
        "SQLITE_MISMATCH, 20, SQL_STATEMENT", "SQLITE_MISUSE, 21, INTERNAL", "SQLITE_NOLFS, 22, STORAGE_UNAVAILABLE",
        "SQLITE_AUTH, 23, SQL_STATEMENT", "SQLITE_RANGE, 25, SQL_STATEMENT", "SQLITE_NOTADB, 26, CORRUPTION",
        "SQLITE_CONSTRAINT_UNIQUE, 2067, SQL_CONSTRAINT", "SQLITE_BUSY_SNAPSHOT, 517, RESOURCE_LOCK_TIMEOUT",
        "SQLITE_IOERR_FSYNC, 1034, STORAGE_UNAVAILABLE", "SQLITE_CORRUPT_INDEX, 779, CORRUPTION"})
    void resultCodesBecomeErrorCodes(String name, int result, ErrorCode expected) {
        StorageException error = new SqlErrors("test", Path.of("x.db")).of("query", Optional.of("select 1"),
                DB.newSQLException(result, "the reason"));
        assertThat(error.code()).as(name).isEqualTo(expected);
        assertThat(error).hasMessageContaining("store 'test': query failed").hasMessageContaining("the reason")
                .hasMessageContaining("select 1");
        assertThat(error.details()).containsEntry("store", "test").containsEntry("file", "x.db");
    }

    @Test
    void whileSomebodyElseWritesTheStoreWaitsAndThenTellsIt() throws Exception {
        try (SQLStore store = Stores.sql(directory, Map.of("busy_timeout", "100ms"))) {
            store.execute("create table t (a)");
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
                    Statement statement = other.createStatement()) {
                statement.execute("begin immediate");
                for (Runnable write : new Runnable[] {() -> store.execute("insert into t values (1)"),
                    () -> store.run(tx -> tx.execute("insert into t values (1)"))}) {
                    DeadlineExceededException error =
                            catchThrowableOfType(DeadlineExceededException.class, write::run);
                    assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE_LOCK_TIMEOUT);
                    assertThat(error.retryable()).isTrue();
                }
                assertThat(store.query("select a from t", Rows.asLong())).as("readers go on").isEmpty();
                statement.execute("commit");
            }
            store.execute("insert into t values (2)");
            assertThat(store.query("select a from t", Rows.asLong())).containsExactly(2L);
        }
    }

    @Test
    void anInterruptedThreadChangesNothing() {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            store.execute("create table t (a)");
            store.query("select a from t", Rows.asLong());
            for (Runnable use : new Runnable[] {() -> store.execute("insert into t values (1)"), store::begin,
                () -> store.query("select a from t", Rows.asLong()), () -> store.query("select 2", Rows.asLong())}) {
                Thread.currentThread().interrupt();
                CancelledException error = catchThrowableOfType(CancelledException.class, use::run);
                assertThat(Thread.interrupted()).as("the flag stays set").isTrue();
                assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED);
            }
            assertThat(store.query("select count(*) from t", Rows.asLong())).containsExactly(0L);
        }
    }
}
