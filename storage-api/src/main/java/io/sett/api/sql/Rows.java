// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ready-made row mappers. They keep no state that matters and may be shared by threads. */
public final class Rows {

    private Rows() {
    }

    /** The first column as an integer, for {@code select count(*) …}. */
    public static RowMapper<Long> asLong() {
        return row -> row.getLong(0);
    }

    /** The first column as a text. */
    public static RowMapper<String> asString() {
        return row -> row.getString(0);
    }

    /** The first column as bytes. */
    public static RowMapper<byte[]> asBytes() {
        return row -> row.getBytes(0);
    }

    /** All columns by name in their order, as they are stored; empty for SQL NULL. Each map belongs to the caller. */
    public static RowMapper<Map<String, Optional<Object>>> asMap() {
        return row -> {
            Map<String, Optional<Object>> values = new LinkedHashMap<>();
            List<String> names = row.columnNames();
            for (int i = 0; i < names.size(); i++) {
                values.putIfAbsent(names.get(i), row.value(i));
            }
            return values;
        };
    }

    /**
     * A record made of the columns whose names are those of its components. {@code createdAt} finds a column
     * {@code createdAt} or {@code created_at}, in any case; other columns are left alone.
     *
     * <p>Components may be of type {@code long int short byte double float boolean} or their boxes, {@code String},
     * {@code byte[]}, {@code BigDecimal}, {@code BigInteger}, {@code Instant}, {@code LocalDate}, {@code UUID}, an enum
     * (by name), or an {@code Optional} of one of these, which is empty for SQL NULL. SQL NULL elsewhere is
     * {@code VALUE_TYPE_MISMATCH}; a missing column is {@code INVALID_ARGUMENT}. What the constructor throws reaches
     * the caller.
     *
     * @param lookup {@code MethodHandles.lookup()} of the caller, so that records of closed modules and private ones
     *     work
     * @throws io.sett.api.error.InvalidOperationException with {@code INVALID_ARGUMENT} when a component has another
     *     type or the lookup has no access to the constructor
     */
    public static <R extends Record> RowMapper<R> record(MethodHandles.Lookup lookup, Class<R> type) {
        return new RecordMapper<>(lookup, type);
    }
}
