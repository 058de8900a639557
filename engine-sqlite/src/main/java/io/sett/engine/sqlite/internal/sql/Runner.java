// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.sql.RowMapper;
import io.sett.api.sql.SqlUpdateResult;
import io.sett.engine.sqlite.internal.db.Prepared;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.engine.sqlite.internal.text.SqlScanner;
import io.sett.engine.sqlite.internal.text.SqlText;
import io.sett.engine.sqlite.internal.text.StatementKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs one statement on a connection that the caller has to itself. */
final class Runner {

    private static final String LAST_KEY = "select last_insert_rowid()";

    /** Sees the values of each row of a result, to keep them. */
    interface Keeper {

        /** A row; the arrays belong to the keeper. */
        void row(@Nullable Object[] values);
    }

    private Runner() {
    }

    /** Runs a query and maps its rows. */
    static <T> List<T> query(Session session, SqlText text, @Nullable Object[] values, RowMapper<? extends T> mapper,
            @Nullable Keeper keeper) throws SQLException {
        Prepared prepared = session.take(text.sql());
        List<T> rows = new ArrayList<>();
        try {
            if (prepared.statement().getMetaData() == null || !returnsRows(prepared)) {
                throw wrong(text, "returns no rows; use update or execute");
            }
            prepared.bind(values);
            try (ResultSet result = prepared.statement().executeQuery()) {
                if (keeper == null) {
                    map(new ResultRow(session, prepared, result), result, mapper, rows);
                } else {
                    mapAndKeep(prepared, result, mapper, rows, keeper);
                }
            }
        } catch (SQLException | RuntimeException | Error failed) {
            session.drop(prepared, failed);
            throw failed;
        }
        session.give(prepared);
        return Collections.unmodifiableList(rows);
    }

    /** Whether a prepared statement has columns. The driver has no other way to tell than to fail. */
    static boolean returnsRows(Prepared prepared) {
        try {
            return !prepared.columns().isEmpty();
        } catch (SQLException none) {
            return false;
        }
    }

    private static <T> void map(ResultRow row, ResultSet result, RowMapper<? extends T> mapper, List<T> rows)
            throws SQLException {
        row.begin();
        try {
            while (result.next()) {
                rows.add(mapped(mapper.map(row)));
            }
        } finally {
            row.end();
        }
    }

    private static <T> void mapAndKeep(Prepared prepared, ResultSet result, RowMapper<? extends T> mapper, List<T> rows,
            Keeper keeper) throws SQLException {
        StoredRow row = new StoredRow(prepared.columns(), prepared.indexes());
        int width = prepared.columns().size();
        row.begin();
        try {
            while (result.next()) {
                @Nullable Object[] values = new Object[width];
                for (int i = 0; i < width; i++) {
                    values[i] = ResultRow.read(result, i);
                }
                keeper.row(values);
                row.show(values);
                rows.add(mapped(mapper.map(row)));
            }
        } finally {
            row.end();
        }
    }

    /** Maps the rows of a kept result. */
    static <T> List<T> map(QueryCache.Entry entry, RowMapper<? extends T> mapper) {
        List<T> rows = new ArrayList<>(entry.rows().size());
        StoredRow row = new StoredRow(entry.columns(), entry.indexes());
        row.begin();
        try {
            for (@Nullable Object[] values : entry.rows()) {
                row.show(values);
                rows.add(mapped(mapper.map(row)));
            }
        } finally {
            row.end();
        }
        return Collections.unmodifiableList(rows);
    }

    static <T> T mapped(@Nullable T object) {
        if (object == null) {
            throw SqlValues.invalid("The row mapper returned null; return an Optional or a marker instead");
        }
        return object;
    }

    /** Runs a changing statement. */
    static SqlUpdateResult update(Session session, SqlText text, @Nullable Object[] values, boolean wantsKey)
            throws SQLException {
        Prepared prepared = session.take(text.sql());
        long changed;
        try {
            prepared.bind(values);
            changed = change(prepared, text.kind());
        } catch (SQLException failed) {
            session.drop(prepared, failed);
            throw failed;
        }
        session.give(prepared);
        boolean hasKey = wantsKey && changed > 0 && text.kind() == StatementKind.INSERT;
        return new SqlUpdateResult(changed, hasKey ? List.of(session.number(LAST_KEY)) : List.of());
    }

    private static long change(Prepared prepared, StatementKind kind) throws SQLException {
        if (prepared.statement().execute()) {
            try (ResultSet result = prepared.statement().getResultSet()) {
                boolean more = result.next();
                while (more) {
                    more = result.next();
                }
            }
            return kind.countsRows() ? changes(prepared) : 0;
        }
        return kind.countsRows() ? Math.max(0, prepared.statement().getLargeUpdateCount()) : 0;
    }

    private static long changes(Prepared prepared) throws SQLException {
        return prepared.statement().getConnection().unwrap(org.sqlite.SQLiteConnection.class).getDatabase().changes();
    }

    /** Runs a changing statement with many sets of values. */
    static long[] batch(Session session, SqlText text, Iterable<? extends List<?>> sets) throws SQLException {
        Prepared prepared = session.take(text.sql());
        long[] changed = new long[16];
        int count = 0;
        try {
            for (List<?> set : sets) {
                prepared.bind(SqlValues.of(text, set));
                if (count == changed.length) {
                    changed = java.util.Arrays.copyOf(changed, count * 2);
                }
                changed[count++] = change(prepared, text.kind());
            }
        } catch (SQLException | RuntimeException | Error failed) {
            session.drop(prepared, failed);
            throw failed;
        }
        session.give(prepared);
        return java.util.Arrays.copyOf(changed, count);
    }

    /** Refuses a statement of the wrong sort. */
    static InvalidOperationException wrong(SqlText text, String why) {
        return new InvalidOperationException(ErrorCode.SQL_STATEMENT, "SQL statement refused: it " + why
                + ". Statement: "
                + SqlScanner.shown(text.sql()), Map.of("sql", SqlScanner.shown(text.sql())));
    }

    /** Refuses queries where something is to be changed. */
    static void checkChanges(SqlText text) {
        if (!text.kind().writes()) {
            throw wrong(text, "is a query; use query or stream");
        }
    }
}
