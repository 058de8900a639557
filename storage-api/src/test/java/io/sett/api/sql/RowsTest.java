// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageException;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RowsTest {

    private enum Color { RED, GREEN }

    private record Person(long id, String fullName, Optional<Integer> age, Color color, boolean active, short height,
            double weight, byte[] photo, BigDecimal balance, Instant createdAt, LocalDate born, UUID key,
            Optional<String> note) {
    }

    private record Strict(int id) {
        Strict {
            if (id < 0) {
                throw new IllegalStateException("negative");
            }
        }
    }

    @Test
    void makesARecordOfColumnsInAnyOrderAndSpelling() {
        UUID key = UUID.fromString("00000000-0000-0001-0000-000000000002");
        Row row = row("KEY", key.toString(), "full_name", "Ada", "id", 7L, "age", 36L, "color", "GREEN", "active", 1L,
                "height", 170L, "weight", 60L, "photo", new byte[] {1}, "balance", "12.30",
                "created_at", "2026-05-04T03:02:01.000000005Z", "born", "1815-12-10", "note", null, "more", "ignored");

        Person person = Rows.record(MethodHandles.lookup(), Person.class).map(row);

        assertThat(person.id()).isEqualTo(7);
        assertThat(person.fullName()).isEqualTo("Ada");
        assertThat(person.age()).contains(36);
        assertThat(person.color()).isEqualTo(Color.GREEN);
        assertThat(person.active()).isTrue();
        assertThat(person.height()).isEqualTo((short) 170);
        assertThat(person.weight()).isEqualTo(60.0);
        assertThat(person.photo()).containsExactly(1);
        assertThat(person.balance()).isEqualTo(new BigDecimal("12.30"));
        assertThat(person.createdAt()).isEqualTo(Instant.parse("2026-05-04T03:02:01.000000005Z"));
        assertThat(person.born()).isEqualTo(LocalDate.of(1815, 12, 10));
        assertThat(person.key()).isEqualTo(key);
        assertThat(person.note()).isEmpty();
    }

    @Test
    void recordsFollowTheColumnsOfEachResult() {
        RowMapper<Strict> mapper = Rows.record(MethodHandles.lookup(), Strict.class);

        assertThat(mapper.map(row("id", 1L))).isEqualTo(new Strict(1));
        assertThat(mapper.map(row("x", 5L, "ID", 2L))).isEqualTo(new Strict(2));
        assertThatThrownBy(() -> mapper.map(row("id", -1L))).isInstanceOf(IllegalStateException.class);
        assertFails(ErrorCode.INVALID_ARGUMENT, () -> mapper.map(row("x", 1L)));
        assertFails(ErrorCode.VALUE_TYPE_MISMATCH, () -> mapper.map(row("id", null)));
        assertFails(ErrorCode.INVALID_ARGUMENT, () -> Rows.record(MethodHandles.publicLookup(), Strict.class));
    }

    @Test
    void conversionsLoseNothing() {
        Row row = row("long", 1L << 40, "real", 1.5, "whole", 3.0, "text", " 42 ", "blob", new byte[] {9}, "null", null,
                "big", Long.MAX_VALUE);

        assertThat(row.getLong("whole")).isEqualTo(3);
        assertThat(row.getLong("TEXT")).isEqualTo(42);
        assertThat(row.getDouble("long")).isEqualTo(1L << 40);
        assertThat(row.getString("long")).isEqualTo("1099511627776");
        assertThat(row.getBytes("text")).isEqualTo(" 42 ".getBytes());
        assertThat(row.optLong("null")).isEmpty();
        assertThat(row.isNull(5)).isTrue();
        assertFails(ErrorCode.VALUE_TYPE_MISMATCH, () -> row.getInt("long"));
        assertFails(ErrorCode.VALUE_TYPE_MISMATCH, () -> row.getLong("real"));
        assertFails(ErrorCode.VALUE_TYPE_MISMATCH, () -> row.getLong("null"));
        assertFails(ErrorCode.VALUE_TYPE_MISMATCH, () -> row.getLong("blob"));
        assertFails(ErrorCode.VALUE_TYPE_MISMATCH, () -> row.getString("blob"));
        assertFails(ErrorCode.VALUE_TYPE_MISMATCH, () -> row.getBoolean("long"));
        assertFails(ErrorCode.VALUE_TYPE_MISMATCH, () -> row.getDouble("big"));
        assertFails(ErrorCode.VALUE_TYPE_MISMATCH, () -> row.getInstant("text"));
        assertFails(ErrorCode.VALUE_TYPE_MISMATCH, () -> row.optBytes("real"));
    }

    @Test
    void momentsAreReadInTheFormsOfSqlite() {
        Instant expected = Instant.parse("2026-05-04T03:02:01Z");
        Row row = row("a", "2026-05-04 03:02:01", "b", "2026-05-04T03:02:01.000Z", "c", expected.toEpochMilli(),
                "d", "2026-05-04");

        assertThat(row.getInstant(0)).isEqualTo(expected);
        assertThat(row.getInstant(1)).isEqualTo(expected);
        assertThat(row.getInstant(2)).isEqualTo(expected);
        assertThat(row.getInstant(3)).isEqualTo(Instant.parse("2026-05-04T00:00:00Z"));
    }

    @Test
    void mapsKeepOrderAndNull() {
        Map<String, Optional<Object>> map = Rows.asMap().map(row("b", 1L, "a", null));

        assertThat(new ArrayList<>(map.entrySet()))
                .containsExactly(Map.entry("b", Optional.of(1L)), Map.entry("a", Optional.empty()));
    }

    @Test
    void statementsRefuseNullAndTwoKindsOfParameters() {
        assertFails(ErrorCode.INVALID_ARGUMENT, () -> SqlStatement.of("select ?", 1, null));
        assertFails(ErrorCode.INVALID_ARGUMENT, () -> SqlStatement.of("  "));
        assertFails(ErrorCode.INVALID_ARGUMENT, () -> SqlStatement.of("select ?", 1).with("a", 2));
        assertThat(SqlStatement.of("select ?", "secret").toString()).doesNotContain("secret");
        assertThat(SqlStatement.named("select :a", Map.of("a", 1)).with("b", 2).named()).containsOnlyKeys("a", "b");
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidOperationException.class,
                error -> assertThat(((StorageException) error).code()).isEqualTo(code));
    }

    /** A row of names and stored values in turn. */
    private static Row row(Object... namesAndValues) {
        Map<String, Optional<Object>> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            columns.put((String) namesAndValues[i], Optional.ofNullable(namesAndValues[i + 1]));
        }
        List<String> names = List.copyOf(columns.keySet());
        List<Optional<Object>> values = List.copyOf(columns.values());
        return new Row() {
            @Override
            public List<String> columnNames() {
                return names;
            }

            @Override
            public int columnIndex(String column) {
                for (int i = 0; i < names.size(); i++) {
                    if (names.get(i).equalsIgnoreCase(column)) {
                        return i;
                    }
                }
                throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "no column '" + column + "'");
            }

            @Override
            public Optional<Object> value(int column) {
                return values.get(column);
            }
        };
    }
}
