// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.harness;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Keys of 16 bytes and values that compress to about half. Deterministic. */
public final class Data {

    /** Bytes of a key. */
    public static final int KEY_LENGTH = 16;

    private Data() {
    }

    /** The key of a number; numbers in order give keys in order. */
    public static byte[] key(long number) {
        byte[] key = new byte[KEY_LENGTH];
        long rest = number;
        for (int i = KEY_LENGTH - 1; i >= 0; i--) {
            key[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return key;
    }

    /** A key that is never written but lies among those that are, or beyond them. */
    public static byte[] missingKey(long number) {
        byte[] key = key(number);
        if (number % 2 == 0) {
            key[0] = '1';
            return key;
        }
        byte[] longer = Arrays.copyOf(key, KEY_LENGTH + 1);
        longer[KEY_LENGTH] = 'x';
        return longer;
    }

    /** A value whose second half repeats its first eight bytes. */
    public static byte[] value(SplittableRandom random, int length) {
        ByteBuffer value = ByteBuffer.allocate(length + 8);
        long first = random.nextLong();
        while (value.position() < length / 2) {
            value.putLong(random.nextLong());
        }
        while (value.position() < length) {
            value.putLong(first);
        }
        return Arrays.copyOf(value.array(), length);
    }

    /** Some different values of one length. */
    public static byte[][] values(int count, int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[][] values = new byte[count][];
        for (int i = 0; i < count; i++) {
            values[i] = value(random, length);
        }
        return values;
    }

    /** A permutation of the numbers below {@code count}: a multiplication by a number without a common factor. */
    public static long scramble(long number, long count) {
        return number * 982_451_653L % count;
    }
}
