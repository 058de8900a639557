// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.InvalidOperationException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class KeyBuilderTest {

    private static <T> void ascends(List<T> parts, Function<T, byte[]> key) {
        for (T left : parts) {
            for (T right : parts) {
                int order = Arrays.compareUnsigned(key.apply(left), key.apply(right));
                assertThat(Integer.signum(order)).as(left + " " + right)
                        .isEqualTo(Integer.compare(parts.indexOf(left), parts.indexOf(right)));
            }
        }
    }

    @Test
    void bytesAreInTheOrderOfTheParts() {
        ascends(List.of(Long.MIN_VALUE, -256L, -1L, 0L, 1L, 255L, 256L, Long.MAX_VALUE),
                number -> new KeyBuilder().add(number).toKey());
        ascends(List.of(Integer.MIN_VALUE, -256, -1, 0, 1, 255, 256, Integer.MAX_VALUE),
                number -> new KeyBuilder().add(number.intValue()).toKey());
        ascends(List.of(Double.NEGATIVE_INFINITY, -1e300, -1.5, -Double.MIN_VALUE, -0.0, 0.0, Double.MIN_VALUE, 1.5,
                1e300, Double.POSITIVE_INFINITY, Double.NaN),
                number -> new KeyBuilder().add(number.doubleValue()).toKey());
        ascends(List.of("", "\0", "\0\0", "\0a", "\1", "a", "a\0", "a\0b", "a\1", "ab", "b", "é", "日本", "😀"),
                text -> new KeyBuilder().add(text).add(0L).toKey());
        ascends(List.of(Instant.MIN, Instant.EPOCH.minusNanos(1), Instant.EPOCH, Instant.EPOCH.plusNanos(1),
                Instant.MAX), time -> new KeyBuilder().add(time).toKey());
        ascends(List.of(false, true), value -> new KeyBuilder().add(value.booleanValue()).toKey());
        ascends(List.of(new UUID(0, 1), new UUID(1, 0), new UUID(-1, 0)), id -> new KeyBuilder().add(id).toKey());
    }

    @Test
    void theBytesAreThoseOfTheDescription() {
        byte[] key = new KeyBuilder().add("a\0").add(1).add(-1L).add(true).add(1.0).toKey();
        assertThat(HexFormat.of().formatHex(key)).isEqualTo("6100ff0001" + "80000001" + "7fffffffffffffff" + "01"
                + "bff0000000000000");
    }

    @Test
    void keysAreTakenApart() {
        UUID id = new UUID(7, -9);
        Instant time = Instant.parse("2026-12-01T03:00:00.000000007Z");
        byte[] key = new KeyBuilder().add("us\0er").add(-5).add(42L).add(-2.5).add(false).add(new byte[] {0, -1, 0})
                .add(id).add(time).toKey();
        KeyReader reader = new KeyReader(key);
        assertThat(reader.text()).isEqualTo("us\0er");
        assertThat(reader.number()).isEqualTo(-5);
        assertThat(reader.longNumber()).isEqualTo(42);
        assertThat(reader.decimal()).isEqualTo(-2.5);
        assertThat(reader.truth()).isFalse();
        assertThat(reader.bytes()).isEqualTo(new byte[] {0, -1, 0});
        assertThat(reader.uuid()).isEqualTo(id);
        assertThat(reader.hasNext()).isTrue();
        assertThat(reader.time()).isEqualTo(time);
        assertThat(reader.hasNext()).isFalse();
        assertThatThrownBy(reader::truth).isInstanceOf(InvalidOperationException.class);
        assertThatThrownBy(() -> new KeyReader(new byte[] {0, 7}).text()).isInstanceOf(InvalidOperationException.class);
    }
}
