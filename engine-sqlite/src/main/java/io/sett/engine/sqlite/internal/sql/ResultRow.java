// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.engine.sqlite.internal.db.Prepared;
import io.sett.engine.sqlite.internal.db.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The row at which a result of the driver stands. */
final class ResultRow extends ReadableRow {

    private final Session session;
    private final ResultSet result;
    private final String sql;

    ResultRow(Session session, Prepared prepared, ResultSet result) throws SQLException {
        super(prepared.columns(), prepared.indexes());
        this.session = session;
        this.result = result;
        this.sql = prepared.sql();
    }

    @Override
    @Nullable Object stored(int column) {
        try {
            return read(result, column);
        } catch (SQLException failed) {
            throw session.error("reading a row", Optional.of(sql), failed);
        }
    }

    static @Nullable Object read(ResultSet result, int column) throws SQLException {
        Object value = result.getObject(column + 1);
        return value instanceof Integer small ? Long.valueOf(small) : value;
    }
}
