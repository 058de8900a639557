// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads a column in the type of a record component. */
@FunctionalInterface
interface ComponentReader {

    Object read(Row row, int column);

    /** The readers by type; boxes and primitives alike. */
    Map<Class<?>, ComponentReader> READERS = Map.ofEntries(
            Map.entry(long.class, Row::getLong), Map.entry(Long.class, Row::getLong),
            Map.entry(int.class, Row::getInt), Map.entry(Integer.class, Row::getInt),
            Map.entry(short.class, ComponentReader::toShort), Map.entry(Short.class, ComponentReader::toShort),
            Map.entry(byte.class, ComponentReader::toByte), Map.entry(Byte.class, ComponentReader::toByte),
            Map.entry(double.class, Row::getDouble), Map.entry(Double.class, Row::getDouble),
            Map.entry(float.class, (row, column) -> (float) row.getDouble(column)),
            Map.entry(Float.class, (row, column) -> (float) row.getDouble(column)),
            Map.entry(boolean.class, Row::getBoolean), Map.entry(Boolean.class, Row::getBoolean),
            Map.entry(String.class, Row::getString), Map.entry(byte[].class, Row::getBytes),
            Map.entry(BigDecimal.class, Row::getBigDecimal), Map.entry(BigInteger.class, ComponentReader::toBigInteger),
            Map.entry(Instant.class, Row::getInstant), Map.entry(LocalDate.class, ComponentReader::toDate),
            Map.entry(UUID.class, ComponentReader::toUuid));

    static ComponentReader of(Type type, String where) {
        if (type instanceof ParameterizedType optional && optional.getRawType() == Optional.class) {
            ComponentReader content = of(optional.getActualTypeArguments()[0], where);
            return (row, column) -> row.isNull(column) ? Optional.empty() : Optional.of(content.read(row, column));
        }
        if (type instanceof Class<?> plain) {
            ComponentReader reader = READERS.get(plain);
            if (reader != null) {
                return reader;
            }
            if (plain.isEnum()) {
                return (row, column) -> toEnum(row, column, plain);
            }
        }
        throw Checks.invalid("Record component " + where + " has type " + type.getTypeName()
                + ", which cannot be read from a row; map the row with a function of your own");
    }

    private static short toShort(Row row, int column) {
        long value = row.getLong(column);
        if (value != (short) value) {
            throw RowValues.mismatch(row, column, value, "an integer of 16 bits");
        }
        return (short) value;
    }

    private static byte toByte(Row row, int column) {
        long value = row.getLong(column);
        if (value != (byte) value) {
            throw RowValues.mismatch(row, column, value, "an integer of 8 bits");
        }
        return (byte) value;
    }

    private static BigInteger toBigInteger(Row row, int column) {
        try {
            return row.getBigDecimal(column).toBigIntegerExact();
        } catch (ArithmeticException fraction) {
            throw RowValues.mismatch(row, column, row.getString(column), "a whole number");
        }
    }

    private static LocalDate toDate(Row row, int column) {
        String text = row.getString(column);
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException wrong) {
            throw RowValues.mismatch(row, column, text, "a date");
        }
    }

    private static UUID toUuid(Row row, int column) {
        String text = row.getString(column);
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException wrong) {
            throw RowValues.mismatch(row, column, text, "a UUID");
        }
    }

    private static Object toEnum(Row row, int column, Class<?> type) {
        String text = row.getString(column);
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        throw RowValues.mismatch(row, column, text, "a constant of " + type.getName());
    }
}
