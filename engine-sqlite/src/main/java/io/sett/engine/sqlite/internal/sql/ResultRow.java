// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.engine.sqlite.internal.db.Prepared;
import io.sett.engine.sqlite.internal.db.Session;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The row at which a running statement stands. */
final class ResultRow extends ReadableRow {

    private final Session session;
    private final Prepared prepared;

    ResultRow(Session session, Prepared prepared) throws SQLException {
        super(prepared.columns(), prepared.indexes());
        this.session = session;
        this.prepared = prepared;
    }

    @Override
    @Nullable Object stored(int column) {
        try {
            return prepared.value(column);
        } catch (SQLException failed) {
            throw session.error("reading a row", Optional.of(prepared.sql()), failed);
        }
    }
}
