// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.control;

import io.sett.api.sql.RowMapper;
import io.sett.api.sql.SqlStatement;
import io.sett.api.sql.SqlTransaction;
import io.sett.api.sql.SqlUpdateResult;
import java.util.List;
import java.util.stream.Stream;

/** A right transaction that keeps what it should drop. */
final class FaultyTransaction implements SqlTransaction {

    private final SqlTransaction right;
    private final SqlFault fault;

    FaultyTransaction(SqlTransaction right, SqlFault fault) {
        this.right = right;
        this.fault = fault;
    }

    @Override
    public SqlUpdateResult update(SqlStatement statement) {
        return right.update(statement);
    }

    @Override
    public void executeScript(String script) {
        right.executeScript(script);
    }

    @Override
    public long[] batch(String sql, Iterable<? extends List<?>> parameterSets) {
        return right.batch(sql, parameterSets);
    }

    @Override
    public <T> Stream<T> stream(SqlStatement statement, RowMapper<? extends T> mapper) {
        return right.stream(statement, mapper);
    }

    @Override
    public <T> List<T> query(SqlStatement statement, RowMapper<? extends T> mapper) {
        return right.query(statement, mapper);
    }

    @Override
    public void commit() {
        right.commit();
    }

    @Override
    public void rollback() {
        if (fault == SqlFault.ROLLBACK_COMMITS && right.isActive()) {
            right.commit();
        } else {
            right.rollback();
        }
    }

    @Override
    public boolean isActive() {
        return right.isActive();
    }

    @Override
    public void savepoint(String name) {
        right.savepoint(name);
    }

    @Override
    public void rollbackTo(String name) {
        if (fault != SqlFault.IGNORES_SAVEPOINTS) {
            right.rollbackTo(name);
        }
    }

    @Override
    public void release(String name) {
        right.release(name);
    }

    @Override
    public void close() {
        right.close();
    }
}
