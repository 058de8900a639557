// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pointers into the value log. */
class ValuePointerTest {

    private static byte[] pointer(long segment, long offset, int stored, int codec, int length) {
        byte[] bytes = new byte[ValuePointer.encodedLength(stored, codec, length)];
        assertThat(ValuePointer.write(bytes, 0, stored, codec, length)).isEqualTo(bytes.length);
        ValuePointer.place(bytes, 0, segment, offset);
        return bytes;
    }

    @Test
    void theBytesAreFixed() {
        assertThat(HexFormat.of().formatHex(pointer(2, 76, 1000, 0, 1000))).isEqualTo("020000004c00000000a01f");
        assertThat(HexFormat.of().formatHex(pointer(0xfffffffeL, 0x0102030405L, 300, 1, 1000)))
                .isEqualTo("feffffff0504030201b109e807");
    }

    @ParameterizedTest
    @CsvSource({"1, 64, 1, 0, 1", "4294967295, 1099511627775, 1073741824, 0, 1073741824", "7, 12345, 100, 3, 1073741824",
        "9, 4294967296, 262144, 2, 262145"})
    void comeBack(long segment, long offset, int stored, int codec, int length) {
        byte[] bytes = pointer(segment, offset, stored, codec, length);
        ValuePointer pointer = new ValuePointer();

        assertThat(pointer.parse(bytes, 0, bytes.length)).isTrue();

        assertThat(pointer.segment()).isEqualTo(segment);
        assertThat(pointer.offset()).isEqualTo(offset);
        assertThat(pointer.storedLength()).isEqualTo(stored);
        assertThat(pointer.codec()).isEqualTo(codec);
        assertThat(pointer.length()).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "262143, 1", "262144, 1", "262145, 2", "524288, 2", "524289, 3"})
    void eachPartHasItsFrame(int stored, int frames) {
        assertThat(ValuePointer.framedLength(stored)).isEqualTo(stored + 13L * frames);
    }

    @Test
    void whateverBytesAreGivenNothingIsReadOutside() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        ValuePointer pointer = new ValuePointer();
        int parsed = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = Seeds.bytes(random, random.nextInt(16));
            if (pointer.parse(bytes, 0, bytes.length)) {
                parsed++;
                assertThat(pointer.storedLength()).as(Seeds.replay(seed)).isBetween(1, Limits.MAX_VALUE_LENGTH);
                assertThat(pointer.length()).as(Seeds.replay(seed)).isBetween(0, Limits.MAX_VALUE_LENGTH);
            }
        }
        assertThat(parsed).as(Seeds.replay(seed)).isPositive();
        byte[] good = pointer(2, 76, 1000, 1, 2000);
        for (int length = 0; length < good.length; length++) {
            assertThat(pointer.parse(Arrays.copyOf(good, length), 0, length)).as("of %d bytes", length).isFalse();
        }
        assertThat(pointer.parse(Arrays.copyOf(good, good.length + 1), 0, good.length + 1)).isFalse();
    }
}
