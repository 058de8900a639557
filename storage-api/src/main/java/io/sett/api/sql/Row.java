// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The current row of a result. Valid only while the {@link RowMapper} runs that it was given to; afterwards its methods
 * throw with {@code SCOPE_ENDED}. For one thread. Arrays and other values it returns belong to the caller.
 *
 * <p>Columns are counted from 0. The {@code get} methods throw {@link io.sett.api.error.InvalidOperationException} with
 * {@code VALUE_TYPE_MISMATCH} for SQL NULL and for a value that has not the asked form; the {@code opt} methods answer
 * empty for SQL NULL. Conversions lose nothing: an integer that does not fit, or a text that is no number, is a
 * mismatch. A column that does not exist is {@code INVALID_ARGUMENT}.
 *
 * <p>An engine provides {@link #columnNames}, {@link #columnIndex} and {@link #value}; everything else follows.
 */
public interface Row {

    /** The names of the columns in order. The same list for all rows of a result; unmodifiable. */
    List<String> columnNames();

    /** The index of a column, from 0, its name compared without regard to case. */
    int columnIndex(String column);

    /**
     * The value as it is stored: {@code Long}, {@code Double}, {@code String} or {@code byte[]}; empty for SQL NULL.
     */
    Optional<Object> value(int column);

    /** How many columns there are. */
    default int columnCount() {
        return columnNames().size();
    }

    /** The value as it is stored. */
    default Optional<Object> value(String column) {
        return value(columnIndex(column));
    }

    /** Whether it is SQL NULL. */
    default boolean isNull(int column) {
        return value(column).isEmpty();
    }

    /** Whether it is SQL NULL. */
    default boolean isNull(String column) {
        return isNull(columnIndex(column));
    }

    /** An integer; also a real or a text that is a whole number. */
    default long getLong(int column) {
        return RowValues.toLong(this, column, RowValues.required(this, column));
    }

    /** An integer; also a real or a text that is a whole number. */
    default long getLong(String column) {
        return getLong(columnIndex(column));
    }

    /** An integer that fits into 32 bits. */
    default int getInt(int column) {
        return RowValues.toInt(this, column, RowValues.required(this, column));
    }

    /** An integer that fits into 32 bits. */
    default int getInt(String column) {
        return getInt(columnIndex(column));
    }

    /** A real; also an integer, or a text that is a number. */
    default double getDouble(int column) {
        return RowValues.toDouble(this, column, RowValues.required(this, column));
    }

    /** A real; also an integer, or a text that is a number. */
    default double getDouble(String column) {
        return getDouble(columnIndex(column));
    }

    /** Integer 0 is false and 1 is true; also the texts "true" and "false". */
    default boolean getBoolean(int column) {
        return RowValues.toBoolean(this, column, RowValues.required(this, column));
    }

    /** Integer 0 is false and 1 is true; also the texts "true" and "false". */
    default boolean getBoolean(String column) {
        return getBoolean(columnIndex(column));
    }

    /** A text; also a number, as text. */
    default String getString(int column) {
        return RowValues.toText(this, column, RowValues.required(this, column));
    }

    /** A text; also a number, as text. */
    default String getString(String column) {
        return getString(columnIndex(column));
    }

    /** A blob; also the UTF-8 bytes of a text. */
    default byte[] getBytes(int column) {
        return RowValues.toBytes(this, column, RowValues.required(this, column));
    }

    /** A blob; also the UTF-8 bytes of a text. */
    default byte[] getBytes(String column) {
        return getBytes(columnIndex(column));
    }

    /** A decimal number of any precision, from text or from a number. */
    default BigDecimal getBigDecimal(int column) {
        return RowValues.toBigDecimal(this, column, RowValues.required(this, column));
    }

    /** A decimal number of any precision, from text or from a number. */
    default BigDecimal getBigDecimal(String column) {
        return getBigDecimal(columnIndex(column));
    }

    /**
     * A moment: an ISO text in UTC ({@code 'T'} or a blank in the middle, {@code 'Z'} optional), or epoch milliseconds.
     */
    default Instant getInstant(int column) {
        return RowValues.toInstant(this, column, RowValues.required(this, column));
    }

    /**
     * A moment: an ISO text in UTC ({@code 'T'} or a blank in the middle, {@code 'Z'} optional), or epoch milliseconds.
     */
    default Instant getInstant(String column) {
        return getInstant(columnIndex(column));
    }

    /** Like {@link #getLong(int)}; empty for SQL NULL. */
    default OptionalLong optLong(int column) {
        return isNull(column) ? OptionalLong.empty() : OptionalLong.of(getLong(column));
    }

    /** Like {@link #getLong(String)}; empty for SQL NULL. */
    default OptionalLong optLong(String column) {
        return optLong(columnIndex(column));
    }

    /** Like {@link #getInt(int)}; empty for SQL NULL. */
    default OptionalInt optInt(int column) {
        return isNull(column) ? OptionalInt.empty() : OptionalInt.of(getInt(column));
    }

    /** Like {@link #getInt(String)}; empty for SQL NULL. */
    default OptionalInt optInt(String column) {
        return optInt(columnIndex(column));
    }

    /** Like {@link #getDouble(int)}; empty for SQL NULL. */
    default OptionalDouble optDouble(int column) {
        return isNull(column) ? OptionalDouble.empty() : OptionalDouble.of(getDouble(column));
    }

    /** Like {@link #getDouble(String)}; empty for SQL NULL. */
    default OptionalDouble optDouble(String column) {
        return optDouble(columnIndex(column));
    }

    /** Like {@link #getBoolean(int)}; empty for SQL NULL. */
    default Optional<Boolean> optBoolean(int column) {
        return isNull(column) ? Optional.empty() : Optional.of(getBoolean(column));
    }

    /** Like {@link #getBoolean(String)}; empty for SQL NULL. */
    default Optional<Boolean> optBoolean(String column) {
        return optBoolean(columnIndex(column));
    }

    /** Like {@link #getString(int)}; empty for SQL NULL. */
    default Optional<String> optString(int column) {
        return isNull(column) ? Optional.empty() : Optional.of(getString(column));
    }

    /** Like {@link #getString(String)}; empty for SQL NULL. */
    default Optional<String> optString(String column) {
        return optString(columnIndex(column));
    }

    /** Like {@link #getBytes(int)}; empty for SQL NULL. */
    default Optional<byte[]> optBytes(int column) {
        return isNull(column) ? Optional.empty() : Optional.of(getBytes(column));
    }

    /** Like {@link #getBytes(String)}; empty for SQL NULL. */
    default Optional<byte[]> optBytes(String column) {
        return optBytes(columnIndex(column));
    }

    /** Like {@link #getInstant(int)}; empty for SQL NULL. */
    default Optional<Instant> optInstant(int column) {
        return isNull(column) ? Optional.empty() : Optional.of(getInstant(column));
    }

    /** Like {@link #getInstant(String)}; empty for SQL NULL. */
    default Optional<Instant> optInstant(String column) {
        return optInstant(columnIndex(column));
    }
}
