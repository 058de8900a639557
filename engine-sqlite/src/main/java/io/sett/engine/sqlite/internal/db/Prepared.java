// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A statement prepared on one connection, with the names of its columns. For one user at a time. */
public final class Prepared {

    private static final int LARGE = 4096;

    private final String sql;
    private final PreparedStatement statement;
    private @Nullable List<String> columns;
    private @Nullable Map<String, Integer> indexes;
    private boolean holdsLarge;

    Prepared(String sql, PreparedStatement statement) {
        this.sql = sql;
        this.statement = statement;
    }

    /** Its text. */
    public String sql() {
        return sql;
    }

    /** The statement of the driver. */
    public PreparedStatement statement() {
        return statement;
    }

    /** Sets all parameters: {@code Long}, {@code Double}, {@code String}, {@code byte[]} or null. */
    public void bind(@Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(i + 1, values[i]);
        }
    }

    /** Sets one parameter, counted from 1. */
    public void bind(int index, @Nullable Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
            holdsLarge |= bytes.length > LARGE;
        } else if (value instanceof String text) {
            statement.setString(index, text);
            holdsLarge |= text.length() > LARGE;
        } else {
            statement.setObject(index, value);
        }
    }

    /** The names of the columns; the same list at each call. */
    public List<String> columns() throws SQLException {
        List<String> known = columns;
        if (known == null) {
            ResultSetMetaData data = statement.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= data.getColumnCount(); i++) {
                names.add(data.getColumnLabel(i));
            }
            known = List.copyOf(names);
            columns = known;
        }
        return known;
    }

    /** Where each column lies by its name in lower case, the first of equal names. */
    public Map<String, Integer> indexes() throws SQLException {
        Map<String, Integer> known = indexes;
        if (known == null) {
            known = indexes(columns());
            indexes = known;
        }
        return known;
    }

    /** Where each column lies by its name in lower case, and by its own spelling, the first of equal names. */
    public static Map<String, Integer> indexes(List<String> columns) {
        Map<String, Integer> found = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            found.putIfAbsent(columns.get(i).toLowerCase(Locale.ROOT), i);
        }
        for (String column : columns) {
            found.putIfAbsent(column, found.get(column.toLowerCase(Locale.ROOT)));
        }
        return found;
    }

    /** Lets large values go that the driver would keep with a statement that is not in use. */
    void rest() throws SQLException {
        if (holdsLarge) {
            statement.clearParameters();
            holdsLarge = false;
        }
    }
}
