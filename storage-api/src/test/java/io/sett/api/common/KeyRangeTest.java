// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyRangeTest {

    private static byte[] key(int... bytes) {
        byte[] key = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            key[i] = (byte) bytes[i];
        }
        return key;
    }

    @Test
    void startBelongsToItAndEndDoesNot() {
        KeyRange range = KeyRange.of(key(1), key(3));
        assertThat(range.contains(key(1))).isTrue();
        assertThat(range.contains(key(2, 0xff))).isTrue();
        assertThat(range.contains(key(3))).isFalse();
        assertThat(range.contains(key(0, 0xff))).isFalse();
    }

    @Test
    void aPrefixOfHighBytesHasNoUpperEnd() {
        KeyRange range = KeyRange.prefix(key(0xff, 0xff));
        assertThat(range.end()).isEmpty();
        assertThat(range.contains(key(0xff, 0xff, 0))).isTrue();
        assertThat(range.contains(key(0xff, 0xfe))).isFalse();
    }

    @Test
    void aPrefixThatEndsInHighBytesEndsAtTheNextLowerOne() {
        KeyRange range = KeyRange.prefix(key(7, 0xff));
        assertThat(range.end()).contains(key(8));
        assertThat(range.contains(key(7, 0xff, 0xff))).isTrue();
        assertThat(range.contains(key(8))).isFalse();
        assertThat(range.contains(key(7, 0xfe))).isFalse();
    }

    @Test
    void anEmptyPrefixIsEveryKey() {
        assertThat(KeyRange.prefix(new byte[0])).isEqualTo(KeyRange.all());
        assertThat(KeyRange.all().contains(key(0))).isTrue();
    }

    @Test
    void aSingleKeyIsARangeOfOne() {
        KeyRange range = KeyRange.single(key(5));
        assertThat(range.contains(key(5))).isTrue();
        assertThat(range.contains(key(5, 0))).isFalse();
        assertThat(range.contains(key(4, 0xff))).isFalse();
    }

    @Test
    void emptinessAndIntersection() {
        assertThat(KeyRange.of(key(3), key(3)).isEmpty()).isTrue();
        assertThat(KeyRange.of(key(3), key(2)).isEmpty()).isTrue();
        assertThat(KeyRange.lessThan(new byte[0]).isEmpty()).isTrue();
        KeyRange left = KeyRange.of(key(1), key(5));
        KeyRange right = KeyRange.atLeast(key(4));
        assertThat(left.intersect(right)).isEqualTo(KeyRange.of(key(4), key(5)));
        assertThat(left.overlaps(KeyRange.of(key(5), key(9)))).isFalse();
    }

    @Test
    void arraysAreCopiedInAndOut() {
        byte[] start = key(1);
        KeyRange range = KeyRange.of(start, key(2));
        start[0] = 9;
        range.start().orElseThrow()[0] = 9;
        assertThat(range.contains(key(1))).isTrue();
        assertThat(range).hasToString("[01, 02)");
    }
}
