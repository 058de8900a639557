// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.control;

import io.sett.api.sql.RowMapper;
import io.sett.api.sql.SQLStore;
import io.sett.api.sql.SqlStatement;
import io.sett.api.sql.SqlTransaction;
import io.sett.api.sql.SqlUpdateResult;
import java.util.List;
import java.util.stream.Stream;

/** No transaction at all: each statement is one of its own. */
final class AutocommitTransaction implements SqlTransaction {

    private final SQLStore store;
    private boolean active = true;

    AutocommitTransaction(SQLStore store) {
        this.store = store;
    }

    @Override
    public SqlUpdateResult update(SqlStatement statement) {
        return store.update(statement);
    }

    @Override
    public void executeScript(String script) {
        store.executeScript(script);
    }

    @Override
    public long[] batch(String sql, Iterable<? extends List<?>> parameterSets) {
        return store.batch(sql, parameterSets);
    }

    @Override
    public <T> Stream<T> stream(SqlStatement statement, RowMapper<? extends T> mapper) {
        return store.stream(statement, mapper);
    }

    @Override
    public <T> List<T> query(SqlStatement statement, RowMapper<? extends T> mapper) {
        return store.query(statement, mapper);
    }

    @Override
    public void commit() {
        active = false;
    }

    @Override
    public void rollback() {
        active = false;
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public void savepoint(String name) {
        store.isOpen();
    }

    @Override
    public void rollbackTo(String name) {
        store.isOpen();
    }

    @Override
    public void release(String name) {
        store.isOpen();
    }

    @Override
    public void close() {
        active = false;
    }
}
