// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.InvalidOperationException;
import io.sett.engine.sqlite.internal.text.SqlScanner;
import io.sett.engine.sqlite.internal.text.SqlText;
import io.sett.engine.sqlite.internal.text.StatementKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scanner makes of SQL. */
class SqlTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "select 1 | QUERY", "/* ; */ SELECT 1 | QUERY", "values (1) | QUERY",
        "with x as (delete_me) select 1 | QUERY", "with x(a) as (select 1) insert into t select a from x | INSERT",
        "insert into t values (1) | INSERT", "replace into t values (1) | INSERT", "update t set a = 1 | CHANGE",
        "delete from t | CHANGE", "create table t (a) | SCHEMA", "drop table t | SCHEMA",
        "pragma table_info(t) | REPORT", "pragma user_version | REPORT", "explain delete from t | REPORT",
        "pragma application_id = 7 | SCHEMA"})
    void kindsAreTold(String sql, StatementKind kind) {
        assertThat(SqlScanner.one(sql).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1; select 2", "select 1; drop table t", "insert into t values (';'); delete from t",
        "select 1 /* ; */ ; -- x\n select 2", "create trigger a after insert on t begin select 1; end; select 2"})
    void aSecondStatementIsRefused(String sql) {
        assertThatThrownBy(() -> SqlScanner.one(sql)).isInstanceOf(InvalidOperationException.class)
                .hasMessageContaining("more than one statement");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select ';'", "select \";\"", "select `;`", "select [;]", "select 1;", "select 1 ; -- ;\n;",
        "select 'it''s; fine'", "create trigger a after insert on t begin insert into u values (1); delete from v; end",
        "create trigger a after insert on t begin select case when 1 then 2 end; end;"})
    void semicolonsInsideAreNoSecondStatement(String sql) {
        assertThat(SqlScanner.one(sql).sql()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attach 'x.db' as x", "detach x", "begin", "commit", "rollback", "savepoint a", "release a",
        "vacuum", "vacuum into 'x.db'", "pragma journal_mode = delete", "pragma query_only = 0",
                "pragma writable_schema = 1",
        "pragma user_version = 3", "create temp table t (a)", "backup to x", "select 'open", "select \"open",
        "select [open",
        "select 1 /* open", "", " ; ", "-- nothing", "frobnicate", "select '\0'"})
    void whatIsNotAllowedIsRefused(String sql) {
        assertThatThrownBy(() -> SqlScanner.one(sql)).isInstanceOf(InvalidOperationException.class)
                .hasMessageStartingWith("SQL statement refused: ");
    }

    @Test
    void parametersAreNumberedAsSqliteDoes() {
        SqlText text = SqlScanner.one("select :a, '?', ?, @b, :a, ?7, -- ?\n $c");
        assertThat(text.parameterCount()).isEqualTo(8);
        assertThat(text.names()).containsExactly("a", "", "b", "", "", "", "", "c");
    }

    @Test
    void scriptsAreCutAtTheirSemicolons() {
        List<SqlText> script = SqlScanner.script("create table t (a); ; insert into t values (';');\n"
                + "create trigger g after insert on t begin delete from t; end;\n select 1");
        assertThat(script).extracting(SqlText::sql).containsExactly("create table t (a)", "insert into t values (';')",
                "create trigger g after insert on t begin delete from t; end", "select 1");
    }
}
