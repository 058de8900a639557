// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.sql.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row that can be read while its mapper runs. */
abstract class ReadableRow implements Row {

    private final List<String> columns;
    private final Map<String, Integer> indexes;
    private boolean readable;

    ReadableRow(List<String> columns, Map<String, Integer> indexes) {
        this.columns = columns;
        this.indexes = indexes;
    }

    /** The value in a column, null for SQL NULL. */
    abstract @Nullable Object stored(int column);

    final void begin() {
        readable = true;
    }

    final void end() {
        readable = false;
    }

    private void checkReadable() {
        if (!readable) {
            throw new ClosedException(ErrorCode.SCOPE_ENDED, "this row was used after its mapper had returned; take "
                    + "what you need out of it in the mapper");
        }
    }

    @Override
    public final List<String> columnNames() {
        checkReadable();
        return columns;
    }

    @Override
    public final int columnIndex(String column) {
        checkReadable();
        Integer index = indexes.get(column);
        if (index == null) {
            index = indexes.get(column.toLowerCase(Locale.ROOT));
        }
        if (index == null) {
            throw SqlValues.invalid("The result has no column '" + column + "'; its columns are " + columns);
        }
        return index;
    }

    @Override
    public final Optional<Object> value(int column) {
        checkReadable();
        if (column < 0 || column >= columns.size()) {
            throw SqlValues.invalid("The result has no column " + column + "; its columns, counted from 0, are "
                    + columns);
        }
        return Optional.ofNullable(stored(column));
    }
}
