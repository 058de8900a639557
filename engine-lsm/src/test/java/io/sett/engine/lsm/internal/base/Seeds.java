// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import java.util.Random;

/** Random numbers for tests: a new seed each time, or that of {@code -Dsett.seed}. Name the seed in each assertion. */
public final class Seeds {

    private Seeds() {
    }

    /** The seed of this run. */
    public static long next() {
        return Long.getLong("sett.seed", System.nanoTime());
    }

    /** What an assertion says. */
    public static String replay(long seed) {
        return "replay with -Dsett.seed=" + seed;
    }

    /** A short key over a small alphabet, so that prefixes and repetitions are common. */
    public static byte[] key(Random random, int maxLength) {
        byte[] key = new byte[1 + random.nextInt(maxLength)];
        byte[] alphabet = {0, 1, 'a', 'b', 'c', (byte) 0x7f, (byte) 0x80, (byte) 0xff};
        for (int i = 0; i < key.length; i++) {
            key[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return key;
    }

    /** Bytes of that length. */
    public static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
