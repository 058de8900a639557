// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Keys of 16 bytes and values that compress to about half. Deterministic. */
final class Data {

    private Data() {
    }

    /** The key of a number; numbers in order give keys in order. */
    static byte[] key(long number) {
        byte[] key = new byte[16];
        long rest = number;
        for (int i = 15; i >= 0; i--) {
            key[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return key;
    }

    /** A key that is never written but lies among those that are. */
    static byte[] missingKey(long number) {
        byte[] key = key(number);
        key[0] = '1';
        return number % 2 == 0 ? key : between(number);
    }

    private static byte[] between(long number) {
        byte[] key = key(number);
        byte[] longer = java.util.Arrays.copyOf(key, 17);
        longer[16] = 'x';
        return longer;
    }

    /** A value whose second half repeats its first eight bytes. */
    static byte[] value(SplittableRandom random, int length) {
        ByteBuffer value = ByteBuffer.allocate(length + 8);
        long first = random.nextLong();
        while (value.position() < length / 2) {
            value.putLong(random.nextLong());
        }
        while (value.position() < length) {
            value.putLong(first);
        }
        return java.util.Arrays.copyOf(value.array(), length);
    }
}
