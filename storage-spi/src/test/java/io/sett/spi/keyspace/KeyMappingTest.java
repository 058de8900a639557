// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyMappingTest {

    private static byte[] key(Random random) {
        byte[] key = new byte[1 + random.nextInt(4)];
        byte[] alphabet = {0, 1, 2, 'a', (byte) 0xfe, (byte) 0xff};
        for (int i = 0; i < key.length; i++) {
            key[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return key;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void theBytesAreThoseOfTheFormat() {
        assertThat(hex(KeyMapping.DEFAULT.stored(new byte[] {'a'}))).isEqualTo("61");
        assertThat(hex(KeyMapping.DEFAULT.stored(new byte[] {-1, 7}))).isEqualTo("ff0007");
        assertThat(hex(KeyMapping.DEFAULT.stored(new byte[] {-1}))).isEqualTo("ff00");
        assertThat(hex(KeyMapping.named(1).stored(new byte[] {'a'}))).isEqualTo("ff010161");
        assertThat(hex(KeyMapping.named(127).stored(new byte[] {'a'}))).isEqualTo("ff017f61");
        assertThat(hex(KeyMapping.named(128).stored(new byte[] {'a'}))).isEqualTo("ff018000008061");
        assertThat(hex(KeyMapping.nameKey(new byte[] {'n'}))).isEqualTo("ff026e");
        assertThat(hex(KeyMapping.lastIdKey())).isEqualTo("ff03");
        for (int id : new int[] {1, 127, 128, 255, 70_000, Integer.MAX_VALUE}) {
            assertThat(KeyMapping.id(KeyMapping.named(id).stored(new byte[] {9}))).isEqualTo(id);
        }
    }

    @Test
    void orderAndRangesAreKept() {
        Random random = new Random(Long.getLong("sett.seed", 11));
        List<KeyMapping> mappings = List.of(KeyMapping.DEFAULT, KeyMapping.named(1), KeyMapping.named(127),
                KeyMapping.named(128), KeyMapping.named(300));
        for (int i = 0; i < 20_000; i++) {
            byte[] left = key(random);
            byte[] right = key(random);
            KeyMapping mapping = mappings.get(random.nextInt(mappings.size()));
            byte[] stored = mapping.stored(left);
            assertThat(Integer.signum(Arrays.compareUnsigned(stored, mapping.stored(right))))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(left, right)));
            assertThat(mapping.original(stored)).isEqualTo(left);
            assertThat(mapping.original(Slice.of(stored)).toByteArray()).isEqualTo(left);
            KeyRange range = List.of(KeyRange.all(), KeyRange.atLeast(right), KeyRange.lessThan(right),
                    KeyRange.prefix(right), KeyRange.of(right, key(random))).get(random.nextInt(5));
            assertThat(mapping.stored(range).contains(stored)).as(range + " " + hex(left)).isEqualTo(
                    range.contains(left));
            for (KeyMapping other : mappings) {
                if (other != mapping) {
                    assertThat(other.stored(KeyRange.all()).contains(stored)).isFalse();
                }
            }
            assertThat(KeyMapping.allNames().contains(stored)).isFalse();
        }
    }
}
