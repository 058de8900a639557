// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.common.Slice;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.sql.SqlStatement;
import io.sett.engine.sqlite.internal.text.SqlText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns parameters into what SQLite stores: {@code Long}, {@code Double}, {@code String}, {@code byte[]} or null. */
final class SqlValues {

    /** Always nine digits, so that texts sort like moments. */
    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE).appendLiteral('T').appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 9, 9, true).appendLiteral('Z').toFormatter(
            java.util.Locale.ROOT);

    private SqlValues() {
    }

    /** The values of a statement in the order of its parameters. */
    static @Nullable Object[] of(SqlText text, SqlStatement statement) {
        if (!statement.named().isEmpty()) {
            return all(List.of(text.order(statement.named())));
        }
        text.checkPositional(statement.parameters().size());
        return all(statement.parameters());
    }

    /** The values of one set of a batch. */
    static @Nullable Object[] of(SqlText text, List<?> parameters) {
        text.checkPositional(parameters.size());
        return all(parameters);
    }

    private static @Nullable Object[] all(List<?> parameters) {
        @Nullable Object[] values = new Object[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = stored(parameters.get(i), i + 1);
        }
        return values;
    }

    private static @Nullable Object stored(@Nullable Object value, int index) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? stored(optional.get(), index) : null;
        }
        if (value instanceof Long || value instanceof byte[]) {
            return value;
        }
        if (value instanceof String text) {
            return wellFormed(text, index);
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof Double || value instanceof Float) {
            return number(((Number) value).doubleValue(), index);
        }
        return rare(value, index);
    }

    private static Object rare(@Nullable Object value, int index) {
        if (value instanceof Slice slice) {
            return slice.toByteArray();
        }
        if (value instanceof Character character) {
            return wellFormed(character.toString(), index);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof BigInteger || value instanceof UUID || value instanceof LocalDate) {
            return value.toString();
        }
        if (value instanceof Instant moment) {
            return MOMENT.format(LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        String type = value == null ? "null; pass Optional.empty() for SQL NULL"
                : "a " + value.getClass().getName() + ", which has no form in SQL; convert it first";
        throw invalid("SQL parameter " + index + " is " + type);
    }

    private static Double number(double value, int index) {
        if (Double.isNaN(value)) {
            throw invalid("SQL parameter " + index + " is NaN, which SQLite would store as NULL; pass "
                    + "Optional.empty()");
        }
        return value;
    }

    private static String wellFormed(String text, int index) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw invalid("SQL parameter " + index + " has half a surrogate pair at index " + i
                            + ", which UTF-8 cannot hold; pass it as bytes");
                }
                i++;
            }
        }
        return text;
    }

    static InvalidOperationException invalid(String message) {
        return new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
