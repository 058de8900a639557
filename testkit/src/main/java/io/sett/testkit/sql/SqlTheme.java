// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.sql;

import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import io.sett.api.sql.SqlOperations;
import io.sett.testkit.ContractTheme;
import java.util.List;

/** Short forms that all themes of SQL stores use. */
public interface SqlTheme extends ContractTheme<SQLStore> {

    /** Makes the table {@code t (id integer primary key, name text, n integer)}. */
    default void createTable() {
        store().execute("create table t (id integer primary key, name text, n integer)");
    }

    /** Inserts a row. */
    default void insert(SqlOperations target, long id, String name, long n) {
        target.execute("insert into t (id, name, n) values (?, ?, ?)", id, name, n);
    }

    /** The names in the table, by id. */
    default List<String> names(SqlOperations target) {
        return target.query("select name from t order by id", Rows.asString());
    }

    /** The number of rows in the table. */
    default long count(SqlOperations target) {
        return target.queryOne("select count(*) from t", Rows.asLong()).orElseThrow();
    }
}
