// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * A 64-bit hash of a key, never 0. Differs from process to process, so that nobody can prepare keys that collide. Two
 * keys with one fingerprint cause at worst a needless conflict.
 */
final class Fingerprint {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = new SecureRandom().nextLong();
    private static final long ODD_1 = 0x9E3779B97F4A7C15L;
    private static final long ODD_2 = 0xC2B2AE3D27D4EB4FL;

    private Fingerprint() {
    }

    static long of(byte[] key) {
        long hash = SEED ^ key.length * ODD_2;
        int at = 0;
        for (; at + Long.BYTES <= key.length; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(key, at));
        }
        long rest = 0;
        for (; at < key.length; at++) {
            rest = rest << 8 | key[at] & 0xff;
        }
        hash = mix(mix(hash ^ rest) + ODD_1);
        return hash == 0 ? 1 : hash;
    }

    private static long mix(long value) {
        long product = value * ODD_1;
        long high = Math.multiplyHigh(value, ODD_2);
        long mixed = product ^ high ^ product >>> 32;
        return mixed * ODD_2 ^ value >>> 29;
    }
}
