// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/**
 * A statement prepared on one connection, with the names of its columns. For one user at a time.
 *
 * <p>It runs through the core of the driver instead of its JDBC face, which asks the native library for more than a
 * result needs and copies each text twice. After a failure it must be dropped: the driver may have finished it.
 */
public final class Prepared {

    private static final int LARGE = 4096;

    private final String sql;
    private final PreparedStatement statement;
    private final CoreStatement core;
    private final DB database;
    private final long pointer;
    private final int width;
    private final boolean utf8;
    private @Nullable List<String> columns;
    private @Nullable Map<String, Integer> indexes;
    private boolean holdsLarge;

    /**
     * Wraps a statement of the driver.
     *
     * @param utf8 whether the database keeps texts in UTF-8, so that their bytes can be taken as they are
     */
    Prepared(String sql, PreparedStatement statement, boolean utf8) throws SQLException {
        this.sql = sql;
        this.statement = statement;
        this.core = (CoreStatement) statement;
        this.database = core.getDatabase();
        this.pointer = core.pointer.safeRunLong((itsDatabase, itsPointer) -> itsPointer);
        this.width = database.column_count(pointer);
        this.utf8 = utf8;
    }

    /** Its text. */
    public String sql() {
        return sql;
    }

    /**
     * What the driver locks in each call. Whoever makes several calls for one row may hold it meanwhile, which makes
     * each of them cheaper; nobody else wants it while the connection is out.
     */
    public Object lock() {
        return database;
    }

    /** How many columns its rows have; 0 for a statement that returns none. */
    public int width() {
        return width;
    }

    /**
     * Runs it up to its first row. Values are {@code Long}, {@code Double}, {@code String}, {@code byte[]} or null.
     *
     * @return whether there is a row; when there is none it has been {@link #reset} already
     */
    public boolean start(@Nullable Object... values) throws SQLException {
        for (Object value : values) {
            holdsLarge |= value instanceof byte[] bytes && bytes.length > LARGE
                    || value instanceof String text && text.length() > LARGE;
        }
        return database.execute(core, values);
    }

    /** Goes to the next row; answers whether there is one. */
    public boolean next() throws SQLException {
        int result = database.step(pointer);
        if (result == Codes.SQLITE_ROW) {
            return true;
        }
        if (result != Codes.SQLITE_DONE) {
            database.throwex(result);
        }
        return false;
    }

    /** Ends a run before its last row. Idempotent. */
    public void reset() throws SQLException {
        database.reset(pointer);
    }

    /** Runs a statement to its end, whatever rows it returns. */
    public void finish(@Nullable Object... values) throws SQLException {
        boolean more = start(values);
        while (more) {
            more = next();
        }
        if (width > 0) {
            reset();
        }
    }

    /** How many rows the last changing statement on this connection changed. */
    public long changes() throws SQLException {
        return database.changes();
    }

    /** The integer in a column of the current row, counted from 0. */
    public long integer(int column) throws SQLException {
        return database.column_long(pointer, column);
    }

    /** The bytes in a column that is never NULL. */
    public byte[] blob(int column) throws SQLException {
        byte[] bytes = database.column_blob(pointer, column);
        return bytes == null ? new byte[0] : bytes;
    }

    /** The value in a column as it is stored, null for SQL NULL. */
    public @Nullable Object value(int column) throws SQLException {
        synchronized (database) {
            return switch (database.column_type(pointer, column)) {
                case Codes.SQLITE_INTEGER -> database.column_long(pointer, column);
                case Codes.SQLITE_FLOAT -> database.column_double(pointer, column);
                case Codes.SQLITE_TEXT -> text(column);
                case Codes.SQLITE_BLOB -> blob(column);
                default -> null;
            };
        }
    }

    private String text(int column) throws SQLException {
        return utf8 ? new String(blob(column), StandardCharsets.UTF_8) : database.column_text(pointer, column);
    }

    /** The names of the columns; the same list at each call. */
    public List<String> columns() throws SQLException {
        List<String> known = columns;
        if (known == null) {
            known = width == 0 ? List.of() : List.of(database.column_names(pointer));
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

    /** Lets large values go that SQLite would keep with a statement that is not in use. */
    void rest() throws SQLException {
        if (holdsLarge) {
            database.clear_bindings(pointer);
            holdsLarge = false;
        }
    }

    void close() throws SQLException {
        statement.close();
    }
}
