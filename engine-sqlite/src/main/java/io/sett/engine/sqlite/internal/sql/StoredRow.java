// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of a result that is kept. Arrays are handed out as copies. */
final class StoredRow extends ReadableRow {

    private @Nullable Object[] values = {};

    StoredRow(List<String> columns, Map<String, Integer> indexes) {
        super(columns, indexes);
    }

    void show(@Nullable Object[] row) {
        values = row;
    }

    @Override
    @Nullable Object stored(int column) {
        Object value = values[column];
        return value instanceof byte[] bytes ? bytes.clone() : value;
    }
}
