// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.FormatVersionException;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import io.sett.api.sql.SqlMigration;
import io.sett.api.sql.SqlTransaction;
import io.sett.testkit.Parallel;
import io.sett.testkit.TestClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of a schema: in order, once, as they were. */
class MigrationTest {

    private final TestClock clock = new TestClock();

    @TempDir
    Path directory;

    private SQLStore store;

    @BeforeEach
    void open() {
        store = Stores.sql(directory, Map.of(), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static SqlMigration script(int version, String script) {
        return SqlMigration.script(version, "step " + version, script);
    }

    @Test
    void whatRanIsWrittenDown() {
        store.migrate(List.of(script(1, "create table a (x)"), new SqlMigration(2, "by code",
                step -> step.execute("insert into a values (1)"))));
        assertThat(store.query("select version, description, length(fingerprint), applied_at from sett_migration",
                row -> row.getInt(0) + " " + row.getString(1) + " " + row.getInt(2) + " " + row.getInstant(3)))
                .containsExactly("1 step 1 64 " + clock.instant(), "2 by code 0 " + clock.instant());
        assertThat(store.query("pragma user_version", Rows.asLong())).containsExactly(2L);
    }

    @Test
    void aChangedStepIsTold() {
        store.migrate(List.of(script(1, "create table a (x)")));
        FormatVersionException error = catchThrowableOfType(FormatVersionException.class,
                () -> store.migrate(List.of(script(1, "create table a (x, y)"), script(2, "create table b (x)"))));
        assertThat(error.code()).isEqualTo(ErrorCode.FORMAT_VERSION);
        assertThat(error).hasMessageContaining("store 'test': the schema has version 1, but step 1 ('step 1') was "
                + "changed after it ran").hasMessageContaining("make the change in a new step");
        assertThat(store.query("select name from sqlite_schema where name = 'b'", Rows.asString())).isEmpty();
    }

    @Test
    void aMissingAndALateStepAreTold() {
        SqlMigration one = script(1, "create table a (x)");
        SqlMigration three = script(3, "create table c (x)");
        store.migrate(List.of(one, three));
        assertThat(catchThrowableOfType(FormatVersionException.class, () -> store.migrate(List.of(three))))
                .hasMessageContaining("step 1 ('step 1') ran and is not among the steps");
        assertThat(catchThrowableOfType(FormatVersionException.class,
                () -> store.migrate(List.of(one, script(2, "create table b (x)"), three))))
                .hasMessageContaining("step 2 ('step 2') was put among steps that ran").hasMessageContaining("above 3");
    }

    @Test
    void aSchemaWithoutHistoryIsTakenAsItIs() {
        store.migrate(List.of(script(1, "create table a (x)"), script(2, "create table b (x)")));
        store.execute("drop table sett_migration");
        assertThat(store.migrate(List.of(script(1, "create table other (x)"), script(2, "create table b (x)"),
                script(3, "create table c (x)"))).applied()).containsExactly(3);
        assertThat(store.migrate(List.of(script(1, "anything"), script(2, "at all"), script(3, "create table c (x)")))
                .applied()).isEmpty();
    }

    @Test
    void aFailedStepLeavesTheOnesBeforeAndNothingOfItself() {
        List<SqlMigration> steps = List.of(script(1, "create table a (x)"),
                script(2, "create table b (x); insert into a values (1); create table a (x)"));
        InvalidOperationException error =
                catchThrowableOfType(InvalidOperationException.class, () -> store.migrate(steps));
        assertThat(error.code()).isEqualTo(ErrorCode.SQL_STATEMENT);
        assertThat(store.schemaVersion()).isEqualTo(1);
        assertThat(store.query("select name from sqlite_schema where type = 'table' order by name", Rows.asString()))
                .containsExactly("a", "sett_migration");
        assertThat(store.query("select version from sett_migration", Rows.asLong())).containsExactly(1L);
        assertThat(store.query("select * from a", Rows.asLong())).isEmpty();
        RuntimeException own = new IllegalStateException("mine");
        error = catchThrowableOfType(InvalidOperationException.class, () -> store.migrate(List.of(steps.get(0),
                new SqlMigration(2, "throws", step -> {
                    step.execute("insert into a values (2)");
                    throw own;
                }))));
        assertThat(error.code()).isEqualTo(ErrorCode.TRANSACTION_FAILED);
        assertThat(error).hasCause(own).hasMessageContaining("migration 2 ('throws')");
        assertThat(store.query("select * from a", Rows.asLong())).isEmpty();
        InvalidOperationException committing = catchThrowableOfType(InvalidOperationException.class,
                () -> store.migrate(List.of(steps.get(0), new SqlMigration(2, "commits", SqlTransaction::commit))));
        assertThat(committing).hasMessageContaining("belongs to a migration");
    }

    @Test
    void manyThreadsRunEachStepOnce() {
        AtomicInteger runs = new AtomicInteger();
        List<SqlMigration> steps = IntStream.rangeClosed(1, 20).mapToObj(version -> new SqlMigration(version, "step",
                step -> {
                    runs.incrementAndGet();
                    step.execute("create table t" + version + " (x)");
                })).toList();
        Parallel.run(4, thread -> store.migrate(steps));
        assertThat(runs).hasValue(20);
        assertThat(store.schemaVersion()).isEqualTo(20);
    }
}
