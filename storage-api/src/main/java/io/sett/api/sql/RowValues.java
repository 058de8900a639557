// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** The conversions of stored values, all of them without loss or a mismatch. */
final class RowValues {

    private RowValues() {
    }

    static Object required(Row row, int column) {
        return row.value(column).orElseThrow(() -> new InvalidOperationException(ErrorCode.VALUE_TYPE_MISMATCH,
                "Column '" + row.columnNames().get(column) + "' is NULL; ask isNull first or use an opt method",
                Map.of("column", row.columnNames().get(column))));
    }

    static long toLong(Row row, int column, Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof byte[]) {
            throw mismatch(row, column, value, "an integer");
        }
        try {
            return new BigDecimal(value.toString().trim()).longValueExact();
        } catch (ArithmeticException | NumberFormatException wrong) {
            throw mismatch(row, column, value, "an integer of 64 bits");
        }
    }

    static int toInt(Row row, int column, Object value) {
        long number = toLong(row, column, value);
        if (number != (int) number) {
            throw mismatch(row, column, value, "an integer of 32 bits");
        }
        return (int) number;
    }

    static double toDouble(Row row, int column, Object value) {
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof Long number) {
            double real = number;
            if ((long) real == number && number != Long.MAX_VALUE) {
                return real;
            }
            throw mismatch(row, column, value, "a real number; it has more than 53 significant bits");
        }
        if (value instanceof String text) {
            try {
                return Double.parseDouble(text.trim());
            } catch (NumberFormatException wrong) {
                throw mismatch(row, column, value, "a real number");
            }
        }
        throw mismatch(row, column, value, "a real number");
    }

    static boolean toBoolean(Row row, int column, Object value) {
        String text = value instanceof byte[] ? "" : value.toString();
        if ("1".equals(text) || "true".equalsIgnoreCase(text)) {
            return true;
        }
        if ("0".equals(text) || "false".equalsIgnoreCase(text)) {
            return false;
        }
        throw mismatch(row, column, value, "a truth value (0, 1, 'true', 'false')");
    }

    static String toText(Row row, int column, Object value) {
        if (value instanceof byte[]) {
            throw mismatch(row, column, value, "a text");
        }
        return value.toString();
    }

    static byte[] toBytes(Row row, int column, Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        throw mismatch(row, column, value, "a blob");
    }

    static BigDecimal toBigDecimal(Row row, int column, Object value) {
        if (!(value instanceof byte[])) {
            try {
                return new BigDecimal(value.toString().trim());
            } catch (NumberFormatException wrong) {
                throw mismatch(row, column, value, "a decimal number");
            }
        }
        throw mismatch(row, column, value, "a decimal number");
    }

    static Instant toInstant(Row row, int column, Object value) {
        if (value instanceof Long millis) {
            return Instant.ofEpochMilli(millis);
        }
        if (value instanceof String text) {
            String iso = text.trim().replace(' ', 'T');
            try {
                if (iso.indexOf('T') < 0) {
                    return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
                }
                return Instant.parse(iso.endsWith("Z") ? iso : iso + "Z");
            } catch (DateTimeException wrong) {
                throw mismatch(row, column, value, "a moment in UTC");
            }
        }
        throw mismatch(row, column, value, "a moment");
    }

    static InvalidOperationException mismatch(Row row, int column, Object value, String wanted) {
        String name = row.columnNames().get(column);
        String found = value instanceof byte[] bytes ? "a blob of " + bytes.length + " bytes"
                : value instanceof String text ? "a text of " + text.length() + " characters" : "the number " + value;
        return new InvalidOperationException(ErrorCode.VALUE_TYPE_MISMATCH,
                "Column '" + name + "' holds " + found + ", which is not " + wanted, Map.of("column", name));
    }
}
