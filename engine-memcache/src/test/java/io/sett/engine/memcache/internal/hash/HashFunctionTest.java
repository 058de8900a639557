// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.openhft.hashing.LongHashFunction;
import org.junit.jupiter.api.Test;

class HashFunctionTest {

    @Test
    void xx3EqualsAnotherImplementationForEveryLength() {
        Random random = new Random(7);
        byte[] bytes = new byte[5000];
        random.nextBytes(bytes);
        LongHashFunction other = LongHashFunction.xx3();
        for (int length = 0; length <= 2100; length++) {
            assertThat(HashFunction.XX3.hash(bytes, length)).as("length %d", length)
                    .isEqualTo(other.hashBytes(bytes, 0, length));
        }
        assertThat(HashFunction.XX3.hash(bytes, 5000)).isEqualTo(other.hashBytes(bytes, 0, 5000));
    }

    @Test
    void knownValues() {
        assertThat(HashFunction.FNV.hash("a".getBytes(US_ASCII), 1)).isEqualTo(0xaf63dc4c8601ec8cL);
        assertThat(HashFunction.FNV.hash("foobar".getBytes(US_ASCII), 6)).isEqualTo(0x85944171f73967e8L);
        assertThat(HashFunction.CRC32.hash("123456789".getBytes(US_ASCII), 9)).isEqualTo(0xcbf43926L);
        assertThat(HashFunction.XX3.hash(new byte[0], 0)).isEqualTo(0x2d06800538d394c2L);
    }

    @Test
    void onlyTheFirstBytesCount() {
        for (HashFunction function : HashFunction.values()) {
            assertThat(function.hash("abcdef".getBytes(US_ASCII), 3)).as(function.name())
                    .isEqualTo(function.hash("abcxyz".getBytes(US_ASCII), 3));
        }
    }
}
