// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Running statements: on a store each for itself, in a transaction all together. The package description says what
 * parameters, columns and errors are common to all.
 */
public interface SqlOperations {

    /**
     * Runs a changing statement ({@code insert update delete create …}); a query is refused with {@code SQL_STATEMENT}.
     */
    SqlUpdateResult update(SqlStatement statement);

    /** Runs a changing statement and tells how many rows it changed. */
    default long execute(SqlStatement statement) {
        return update(statement).rowsChanged();
    }

    /** Runs a changing statement with positional parameters and tells how many rows it changed. */
    default long execute(String sql, Object... parameters) {
        return update(SqlStatement.of(sql, parameters)).rowsChanged();
    }

    /**
     * Runs statements separated by semicolons, without parameters; all of them take effect or none. For schemas.
     * On a store it is a transaction of its own, so the script must not hold {@code begin} or {@code commit}.
     */
    void executeScript(String script);

    /**
     * Runs one changing statement with many sets of positional parameters; all of them take effect or none.
     *
     * @param parameterSets consumed while it runs, in memory that does not depend on their number
     * @return the rows changed for each set, in order
     */
    long[] batch(String sql, Iterable<? extends List<?>> parameterSets);

    /**
     * The rows of a query, read while the stream is consumed, in constant memory. Close the stream: an open one keeps a
     * connection, and in a store also a view of the data as of the start of the query. For one thread at a time.
     *
     * <p>A changing statement that returns rows ({@code insert … returning}) is not for streams; use {@link #query}.
     */
    <T> Stream<T> stream(SqlStatement statement, RowMapper<? extends T> mapper);

    /** The rows of a query with positional parameters as a stream, see {@link #stream(SqlStatement, RowMapper)}. */
    default <T> Stream<T> stream(String sql, RowMapper<? extends T> mapper, Object... parameters) {
        return stream(SqlStatement.of(sql, parameters), mapper);
    }

    /** All rows of a query, or of a changing statement that returns rows. The list is unmodifiable. */
    <T> List<T> query(SqlStatement statement, RowMapper<? extends T> mapper);

    /** All rows of a query with positional parameters. */
    default <T> List<T> query(String sql, RowMapper<? extends T> mapper, Object... parameters) {
        return query(SqlStatement.of(sql, parameters), mapper);
    }

    /**
     * The only row of a query; empty when there is none.
     *
     * @throws InvalidOperationException with {@link ErrorCode#INVALID_ARGUMENT} when there is more than one
     */
    default <T> Optional<T> queryOne(SqlStatement statement, RowMapper<? extends T> mapper) {
        List<T> rows = query(statement, mapper);
        if (rows.size() > 1) {
            throw Checks.invalid("The query has " + rows.size() + " rows where at most one was expected: "
                    + statement.sql());
        }
        Iterator<T> iterator = rows.iterator();
        return iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
    }

    /** The only row of a query with positional parameters, see {@link #queryOne(SqlStatement, RowMapper)}. */
    default <T> Optional<T> queryOne(String sql, RowMapper<? extends T> mapper, Object... parameters) {
        return queryOne(SqlStatement.of(sql, parameters), mapper);
    }
}
