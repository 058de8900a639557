// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.lsm.internal.base.Seeds;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

class CompressionTest {

    private static final int[] LENGTHS = {0, 1, 3, 14, 15, 16, 17, 60, 61, 100, 255, 256, 257, 4096, 65535, 65536,
        65537, 200_000};

    private static byte[] sample(Random random, int length) {
        byte[] data = new byte[length];
        int style = random.nextInt(4);
        for (int i = 0; i < length; ) {
            if (style == 0) {
                data[i++] = (byte) random.nextInt();
            } else if (style == 1 || i < 20 || random.nextInt(3) == 0) {
                data[i++] = (byte) (random.nextInt(style == 1 ? 2 : 8) + 'a');
            } else {
                int n = Math.min(length - i, 1 + random.nextInt(style == 2 ? 12 : 300));
                int from = random.nextInt(i);
                for (int k = 0; k < n; k++) {
                    data[i] = data[from + k % (i - from)];
                    i++;
                }
            }
        }
        return data;
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void everyCodecRoundTrips(CompressionType type) {
        long seed = Seeds.next();
        Random random = new Random(seed);
        Compression codec = type.open();
        for (int round = 0; round < 12; round++) {
            for (int length : LENGTHS) {
                byte[] data = sample(random, length);
                byte[] packed = new byte[codec.maxCompressedLength(length) + 6];
                int n = codec.compress(data, 0, length, packed, 3);
                byte[] back = new byte[length + 5];
                assertThat(codec.decompress(packed, 3, n, back, 2, length)).as(Seeds.replay(seed)).isTrue();
                assertThat(Arrays.copyOfRange(back, 2, 2 + length)).as(Seeds.replay(seed)).isEqualTo(data);
                assertThat(back[1] | back[length + 2] | back[length + 4]).isZero();
                assertThat((long) length).isLessThanOrEqualTo(codec.maxRawLength(n));
                if (length > 0) {
                    assertThat(codec.decompress(packed, 3, n, back, 2, length - 1)).isFalse();
                }
            }
        }
    }

    @Test
    void snappyUnderstandsAndIsUnderstoodByTheReference() throws IOException {
        long seed = Seeds.next();
        Random random = new Random(seed);
        Compression codec = CompressionType.SNAPPY.open();
        for (int round = 0; round < 30; round++) {
            for (int length : LENGTHS) {
                byte[] data = sample(random, length);
                byte[] packed = new byte[codec.maxCompressedLength(length)];
                int n = codec.compress(data, 0, length, packed, 0);
                assertThat(Snappy.uncompress(Arrays.copyOf(packed, n))).as(Seeds.replay(seed)).isEqualTo(data);
                byte[] theirs = Snappy.compress(data);
                byte[] back = new byte[length];
                assertThat(codec.decompress(theirs, 0, theirs.length, back, 0, length)).isTrue();
                assertThat(back).as(Seeds.replay(seed)).isEqualTo(data);
                assertThat(n).as("about as small as the reference").isLessThanOrEqualTo(theirs.length * 5 / 4 + 32);
            }
        }
    }

    @Test
    void snappyFormatIsPinned() {
        Compression codec = CompressionType.SNAPPY.open();
        byte[] data = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] packed = new byte[codec.maxCompressedLength(data.length)];
        int n = codec.compress(data, 0, data.length, packed, 0);
        // 40 raw bytes: a literal of one byte, then 39 bytes copied from one byte back.
        assertThat(Arrays.copyOf(packed, n)).isEqualTo(new byte[] {40, 0, 'a', (byte) (38 << 2 | 2), 1, 0});
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void hostileInputNeverHarms(CompressionType type) {
        long seed = Seeds.next();
        Random random = new Random(seed);
        Compression codec = type.open();
        int refused = 0;
        for (int round = 0; round < 4000; round++) {
            byte[] data = sample(random, 1 + random.nextInt(300));
            byte[] packed = new byte[codec.maxCompressedLength(data.length)];
            int n = codec.compress(data, 0, data.length, packed, 0);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                packed[random.nextInt(n)] ^= (byte) (1 << random.nextInt(8));
            }
            int cut = random.nextInt(3) == 0 ? random.nextInt(n) : n;
            byte[] target = new byte[data.length + 32];
            boolean accepted = codec.decompress(packed, 0, cut, target, 16, data.length);
            refused += accepted ? 0 : 1;
            for (int i = 0; i < 16; i++) {
                assertThat(target[i]).as("written before the target, " + Seeds.replay(seed)).isZero();
                assertThat(target[target.length - 1 - i]).as("written behind it, " + Seeds.replay(seed)).isZero();
            }
        }
        assertThat(refused).isPositive();
    }
}
