// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.sql;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sett.api.common.Capability;
import io.sett.api.common.Slice;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageException;
import io.sett.api.sql.Row;
import io.sett.api.sql.Rows;
import io.sett.api.sql.SqlStatement;
import io.sett.testkit.Theme;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Statements, parameters, rows. */
@Theme("statements")
public interface SqlBasicTheme extends SqlTheme {

    /** A row of the table as a record. */
    record Person(long id, String name, Optional<Integer> n) {
    }

    @Test
    default void aStoreKnowsWhatItIs() {
        assertThat(store().kind()).isEqualTo(StoreKind.SQL);
        assertThat(store().engine()).isEqualTo(fixture().harness().provider().id());
        assertThat(store().queryOne("select 1", Rows.asLong())).contains(1L);
    }

    @Test
    default void rowsCanBeInsertedReadChangedAndDeleted() {
        createTable();
        insert(store(), 1, "Ada", 10);
        insert(store(), 2, "Bob", 20);
        assertThat(names(store())).containsExactly("Ada", "Bob");
        assertThat(store().execute("update t set n = n + 1 where n >= ?", 10)).isEqualTo(2);
        assertThat(store().query("select n from t order by id", Rows.asLong())).containsExactly(11L, 21L);
        assertThat(store().execute("delete from t where id = ?", 1)).isOne();
        assertThat(store().execute("delete from t where id = ?", 1)).isZero();
        assertThat(names(store())).containsExactly("Bob");
        assertThat(store().query("select name from t where id = 99", Rows.asString())).isEmpty();
    }

    @Test
    default void namedParametersWork() {
        createTable();
        store().update(SqlStatement.named("insert into t (id, name, n) values (:id, :name, :n)",
                Map.of("id", 7, "name", "Eve", "n", 3)));
        assertThat(store().queryOne(SqlStatement.named("select name from t where id = :id and n = :n",
                Map.of("id", 7, "n", 3)), Rows.asString())).contains("Eve");
    }

    @Test
    default void valuesComeBackAsTheyWere() {
        store().execute("create table v (i integer, r real, t text, b blob)");
        byte[] blob = pattern(5000, 1);
        store().execute("insert into v values (?, ?, ?, ?)", Long.MIN_VALUE, 0.1, "ä\0日本🦡'\"; drop table v; --", blob);
        store().execute("insert into v values (?, ?, ?, ?)", Optional.empty(), Optional.of(2.5), "", new byte[0]);
        List<Optional<?>> seen = new ArrayList<>();
        store().query("select i, r, t, b from v order by r", row -> {
            for (int i = 0; i < 3; i++) {
                seen.add(row.value(i));
            }
            return row.getBytes("b");
        }).forEach(bytes -> seen.add(Optional.of(bytes.length)));
        assertThat(seen).isEqualTo(List.of(Optional.of(Long.MIN_VALUE), Optional.of(0.1),
                Optional.of("ä\0日本🦡'\"; drop table v; --"), Optional.empty(), Optional.of(2.5), Optional.of(""),
                Optional.of(5000), Optional.of(0)));
        assertThat(store().queryOne("select b from v where i is not null", Rows.asBytes()).orElseThrow())
                .isEqualTo(blob);
    }

    @Test
    default void manyJavaTypesAreTaken() {
        store().execute("create table v (k integer primary key, x text)");
        Instant moment = Instant.parse("2026-05-04T03:02:01Z");
        List<Object> values = List.of((byte) 1, (short) 2, 3, 4L, true, 'c', StoreKind.SQL, new BigDecimal("1.50"),
                moment, Slice.of(bytes("slice")), java.util.UUID.fromString("00000000-0000-0001-0000-000000000002"));
        for (int i = 0; i < values.size(); i++) {
            store().execute("insert into v values (?, ?)", i, values.get(i));
        }
        assertThat(store().query("select x from v where k in (4, 5, 6, 7, 8, 10) order by k", Rows.asString()))
                .containsExactly("1", "c", "SQL", "1.50", "2026-05-04T03:02:01.000000000Z",
                        "00000000-0000-0001-0000-000000000002");
        assertThat(store().queryOne("select x from v where k = 8", row -> row.getInstant(0))).contains(moment);
        assertThat(store().queryOne("select x from v where k = 7", row -> row.getBigDecimal(0)))
                .contains(new BigDecimal("1.50"));
        InvalidOperationException error = failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT,
                () -> store().execute("insert into v values (?, ?)", 100, new Object()));
        assertThat(error.getMessage()).contains("Object");
    }

    @Test
    default void columnsAreReadByNameInAnyCaseAndByNumber() {
        createTable();
        insert(store(), 1, "Ada", 10);
        store().query("select id, name as Who, n from t", row -> {
            assertThat(row.columnNames()).containsExactly("id", "Who", "n");
            assertThat(row.getString("WHO")).isEqualTo("Ada");
            assertThat(row.getInt(2)).isEqualTo(10);
            assertThat(row.columnCount()).isEqualTo(3);
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> row.getString("nobody"));
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> row.getString(3));
            failing(InvalidOperationException.class, ErrorCode.VALUE_TYPE_MISMATCH, () -> row.getLong("who"));
            return true;
        });
        store().execute("update t set n = ?", Optional.empty());
        assertThat(store().query("select n from t", row -> row.optLong(0).isPresent())).containsExactly(false);
        failing(InvalidOperationException.class, ErrorCode.VALUE_TYPE_MISMATCH,
                () -> store().query("select n from t", Rows.asLong()));
    }

    @Test
    default void rowsBecomeRecords() {
        createTable();
        insert(store(), 1, "Ada", 10);
        store().execute("insert into t (id, name) values (2, 'Bob')");
        assertThat(store().query("select * from t order by id", Rows.record(MethodHandles.lookup(), Person.class)))
                .containsExactly(new Person(1, "Ada", Optional.of(10)), new Person(2, "Bob", Optional.empty()));
        assertThat(store().query("select id, n from t where id = 2", Rows.asMap()).get(0))
                .containsEntry("id", Optional.of(2L)).containsEntry("n", Optional.empty());
    }

    @Test
    default void aRowIsValidOnlyForItsMapper() {
        createTable();
        insert(store(), 1, "Ada", 10);
        Row[] kept = new Row[1];
        store().query("select * from t", row -> {
            kept[0] = row;
            return 1;
        });
        failing(ClosedException.class, ErrorCode.SCOPE_ENDED, () -> kept[0].getLong(0));
    }

    @Test
    default void queryOneWantsOneRowAtMost() {
        createTable();
        assertThat(store().queryOne("select name from t", Rows.asString())).isEmpty();
        insert(store(), 1, "Ada", 1);
        assertThat(store().queryOne("select name from t", Rows.asString())).contains("Ada");
        insert(store(), 2, "Bob", 1);
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT,
                () -> store().queryOne("select name from t", Rows.asString()));
    }

    @Test
    default void streamsReadWhileTheyAreConsumed() {
        createTable();
        List<List<Object>> rows = new ArrayList<>();
        for (long i = 0; i < 1000; i++) {
            rows.add(List.of(i, "name" + i, i * 2));
        }
        long[] changed = store().batch("insert into t values (?, ?, ?)", rows);
        assertThat(changed).hasSize(1000).containsOnly(1);
        try (Stream<Long> stream = store().stream("select n from t order by id", Rows.asLong())) {
            store().execute("delete from t where id > 500");
            assertThat(stream.mapToLong(n -> n).sum()).as("a view of the data as of the start of the query")
                    .isEqualTo(999_000);
        }
        assertThat(count(store())).isEqualTo(501);
        try (Stream<String> stream = store().stream("select name from t order by id", Rows.asString())) {
            assertThat(stream.limit(2).toList()).containsExactly("name0", "name1");
        }
    }

    @Test
    default void generatedKeysAreTold() {
        createTable();
        long first = store().update(SqlStatement.of("insert into t (name) values (?)", "Ada")).generatedKey()
                .orElseThrow();
        long second = store().update(SqlStatement.of("insert into t (name) values (?)", "Bob")).generatedKey()
                .orElseThrow();
        assertThat(second).isNotEqualTo(first);
        assertThat(store().queryOne("select name from t where id = ?", Rows.asString(), second)).contains("Bob");
    }

    @Test
    default void batchesAreAllOrNothing() {
        createTable();
        insert(store(), 3, "here", 1);
        Throwable thrown = catchThrowable(() -> store().batch("insert into t values (?, ?, ?)",
                List.of(List.of(1, "a", 1), List.of(2, "b", 1), List.of(3, "duplicate", 1))));
        assertThat(thrown).isInstanceOf(StorageException.class);
        assertThat(((StorageException) thrown).code()).isEqualTo(ErrorCode.SQL_CONSTRAINT);
        assertThat(names(store())).containsExactly("here");
    }

    @Test
    default void scriptsAreAllOrNothing() {
        store().executeScript("create table t (id integer primary key, name text, n integer);\n"
                + "insert into t values (1, 'a;b', 1); -- a comment; with semicolon\n"
                + "insert into t values (2, 'c', 2);");
        assertThat(names(store())).containsExactly("a;b", "c");
        Throwable thrown = catchThrowable(
                () -> store().executeScript("insert into t values (3, 'd', 1); insert into nowhere values (1);"));
        assertThat(((StorageException) thrown).code()).isEqualTo(ErrorCode.SQL_STATEMENT);
        assertThat(count(store())).isEqualTo(2);
    }

    @Test
    default void wrongStatementsAreRefusedAndChangeNothing() {
        createTable();
        insert(store(), 1, "Ada", 1);
        for (Use use : new Use[] {() -> store().execute("insert int t values (1)"),
            () -> store().query("select nothing from t", Rows.asString()),
            () -> store().query("select * from nowhere", Rows.asLong()),
            () -> store().execute("select 1"),
            () -> store().execute("insert into t values (?, ?, ?)", 2),
            () -> store().execute("insert into t values (2, 'x', 1)", 2),
            () -> store().execute("delete from t; delete from t"),
            () -> store().query("select 1; select 2", Rows.asLong())}) {
            InvalidOperationException error =
                    failing(InvalidOperationException.class, ErrorCode.SQL_STATEMENT, use);
            assertThat(error.getMessage()).hasSizeGreaterThan(20);
        }
        StorageException error = failing(StorageException.class, () -> insert(store(), 1, "again", 1));
        assertThat(error.code()).isEqualTo(ErrorCode.SQL_CONSTRAINT);
        assertThat(names(store())).containsExactly("Ada");
    }

    @Test
    default void whatAMapperThrowsReachesTheCaller() {
        createTable();
        insert(store(), 1, "Ada", 1);
        IllegalStateException own = new IllegalStateException("mine");
        assertThat(catchThrowable(() -> store().query("select * from t", row -> {
            throw own;
        }))).isSameAs(own);
        assertThat(count(store())).isOne();
    }

    @Test
    default void explainShowsAPlan() {
        createTable();
        assertThat(store().explain("select * from t where id = ?", 1)).isNotEmpty();
        assertThat(store().explain("delete from t")).isNotNull();
    }

    @Test
    default void aPlanNamesTheIndexThatItUses() {
        createTable();
        store().execute("create index by_name on t (name)");
        assertThat(String.join("\n", store().explain("select n from t where name = ?", "Ada")))
                .as("the plan of a query for which there is an index").containsIgnoringCase("by_name");
        assertThat(String.join("\n", store().explain("select name from t where n = ?", 1)))
                .as("the plan of a query for which there is none").doesNotContainIgnoringCase("by_name");
    }

    @Test
    default void hostileTextsStayTexts() {
        List<String> texts = List.of("'", "\"", "''", "; drop table t; --", "a\0b", "\0", "", " ", "🦡", "%_\\",
                "'); delete from t; --", "\u202e", "NULL", "x'00'", ":id", "?", "/*", "$(x)");
        store().execute("create table t (id integer primary key, name text, n integer)");
        for (int i = 0; i < texts.size(); i++) {
            insert(store(), i, texts.get(i), i);
        }
        assertThat(names(store())).isEqualTo(texts);
        for (String text : texts) {
            assertThat(store().query(SqlStatement.named("select name from t where name = :name",
                    Map.of("name", text)), Rows.asString())).containsExactly(text);
        }
        store().execute("create table \"a\"\"b; drop table t\" (\"c'd;\" text)");
        store().execute("insert into \"a\"\"b; drop table t\" values (?)", "x");
        assertThat(store().query("select \"c'd;\" from \"a\"\"b; drop table t\"", row -> row.getString("c'd;")))
                .containsExactly("x");
        assertThat(count(store())).isEqualTo(texts.size());
    }

    @Test
    default void deadlinesAreKeptOrRefused() {
        createTable();
        if (!offers(Capability.DEADLINES)) {
            refuses(Capability.DEADLINES, () -> store().withTimeout(Duration.ofSeconds(5)),
                    () -> store().update(SqlStatement.of("delete from t").withTimeout(Duration.ofSeconds(5))));
            return;
        }
        var view = store().withTimeout(Duration.ofMinutes(1));
        view.execute("insert into t values (1, 'Ada', 1)");
        view.close();
        assertThat(count(store())).isOne();
        Throwable thrown = catchThrowable(() -> store().query(SqlStatement.of(
                "with recursive c(x) as (select 1 union all select x + 1 from c where x < 1000000000) "
                        + "select count(*) from c").withTimeout(Duration.ofMillis(50)), Rows.asLong()));
        assertThat(thrown).isInstanceOf(StorageException.class);
        assertThat(((StorageException) thrown).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        assertThat(count(store())).isOne();
    }
}
