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
            checkReturnsRows(prepared, text);
            boolean more = prepared.start(values);
            if (more && keeper == null) {
                map(new ResultRow(session, prepared), prepared, mapper, rows);
            } else if (more) {
                mapAndKeep(prepared, mapper, rows, keeper);
            }
            prepared.reset();
        } catch (SQLException | RuntimeException | Error failed) {
            session.drop(prepared, failed);
            throw failed;
        }
        session.give(prepared);
        return Collections.unmodifiableList(rows);
    }

    /** Refuses a statement that has no columns. */
    static void checkReturnsRows(Prepared prepared, SqlText text) {
        if (prepared.width() == 0) {
            throw wrong(text, "returns no rows; use update or execute");
        }
    }

    private static <T> void map(ResultRow row, Prepared prepared, RowMapper<? extends T> mapper, List<T> rows)
            throws SQLException {
        row.begin();
        try {
            do {
                rows.add(mapped(mapper.map(row)));
            } while (prepared.next());
        } finally {
            row.end();
        }
    }

    private static <T> void mapAndKeep(Prepared prepared, RowMapper<? extends T> mapper, List<T> rows, Keeper keeper)
            throws SQLException {
        StoredRow row = new StoredRow(prepared.columns(), prepared.indexes());
        row.begin();
        try {
            do {
                @Nullable Object[] values = new Object[prepared.width()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = prepared.value(i);
                }
                keeper.row(values);
                row.show(values);
                rows.add(mapped(mapper.map(row)));
            } while (prepared.next());
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
            changed = change(prepared, text.kind(), values);
        } catch (SQLException failed) {
            session.drop(prepared, failed);
            throw failed;
        }
        session.give(prepared);
        boolean hasKey = wantsKey && changed > 0 && text.kind() == StatementKind.INSERT;
        return new SqlUpdateResult(changed, hasKey ? List.of(session.number(LAST_KEY)) : List.of());
    }

    private static long change(Prepared prepared, StatementKind kind, @Nullable Object[] values) throws SQLException {
        prepared.finish(values);
        return kind.countsRows() ? prepared.changes() : 0;
    }

    /** Runs a changing statement with many sets of values. */
    static long[] batch(Session session, SqlText text, Iterable<? extends List<?>> sets) throws SQLException {
        Prepared prepared = session.take(text.sql());
        long[] changed = new long[16];
        int count = 0;
        try {
            for (List<?> set : sets) {
                if (count == changed.length) {
                    changed = java.util.Arrays.copyOf(changed, count * 2);
                }
                changed[count++] = change(prepared, text.kind(), SqlValues.of(text, set));
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
