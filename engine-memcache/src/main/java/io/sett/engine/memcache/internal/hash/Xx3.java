// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * XXH3, 64 bits, seed 0, as specified by Y. Collet in the xxHash specification (version 0.8), without native code.
 */
final class Xx3 {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long PRIME32_1 = 0x9E3779B1L;
    private static final long PRIME32_2 = 0x85EBCA77L;
    private static final long PRIME32_3 = 0xC2B2AE3DL;
    private static final long PRIME64_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME64_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME64_3 = 0x165667B19E3779F9L;
    private static final long PRIME64_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME64_5 = 0x27D4EB2F165667C5L;
    private static final long PRIME_MX1 = 0x165667919E3779F9L;
    private static final long PRIME_MX2 = 0x9FB21C651E98DF25L;

    private static final int STRIPE = 64;
    private static final int LANES = 8;

    /** The default secret of the specification. */
    private static final byte[] SECRET = HexFormat.of().parseHex(
            "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221"
            + "b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
            + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb"
            + "170ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");

    private static final int SECRET_LIMIT = SECRET.length - STRIPE;
    private static final int STRIPES_A_BLOCK = SECRET_LIMIT / LANES;

    private Xx3() {
    }

    private static long long64(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    private static int int32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    static long hash(byte[] bytes, int length) {
        if (length <= 16) {
            return upTo16(bytes, length);
        }
        if (length <= 128) {
            return upTo128(bytes, length);
        }
        return length <= 240 ? upTo240(bytes, length) : beyond240(bytes, length);
    }

    private static long upTo16(byte[] bytes, int length) {
        if (length > 8) {
            long flip1 = long64(SECRET, 24) ^ long64(SECRET, 32);
            long flip2 = long64(SECRET, 40) ^ long64(SECRET, 48);
            long low = long64(bytes, 0) ^ flip1;
            long high = long64(bytes, length - 8) ^ flip2;
            return avalanche(length + Long.reverseBytes(low) + high + foldedProduct(low, high));
        }
        if (length >= 4) {
            long first = int32(bytes, 0);
            long last = int32(bytes, length - 4) & 0xffffffffL;
            long keyed = last + (first << 32) ^ long64(SECRET, 8) ^ long64(SECRET, 16);
            return strongAvalanche(keyed, length);
        }
        if (length > 0) {
            long combined = (long) (bytes[0] & 0xff) << 16 | (long) (bytes[length >>> 1] & 0xff) << 24
                    | bytes[length - 1] & 0xff | (long) length << 8;
            long flip = (int32(SECRET, 0) ^ int32(SECRET, 4)) & 0xffffffffL;
            return xxh64Avalanche(combined ^ flip);
        }
        return xxh64Avalanche(long64(SECRET, 56) ^ long64(SECRET, 64));
    }

    private static long upTo128(byte[] bytes, int length) {
        long sum = length * PRIME64_1;
        for (int i = (length - 1) / 32; i >= 0; i--) {
            sum += mix16(bytes, i * 16, i * 32) + mix16(bytes, length - (i + 1) * 16, i * 32 + 16);
        }
        return avalanche(sum);
    }

    private static long upTo240(byte[] bytes, int length) {
        long sum = length * PRIME64_1;
        for (int i = 0; i < 8; i++) {
            sum += mix16(bytes, i * 16, i * 16);
        }
        sum = avalanche(sum);
        for (int i = 8; i < length / 16; i++) {
            sum += mix16(bytes, i * 16, (i - 8) * 16 + 3);
        }
        return avalanche(sum + mix16(bytes, length - 16, 136 - 17));
    }

    private static long beyond240(byte[] bytes, int length) {
        long[] lanes = {PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1};
        int block = STRIPES_A_BLOCK * STRIPE;
        int blocks = (length - 1) / block;
        for (int i = 0; i < blocks; i++) {
            for (int stripe = 0; stripe < STRIPES_A_BLOCK; stripe++) {
                accumulate(lanes, bytes, i * block + stripe * STRIPE, stripe * LANES);
            }
            scramble(lanes);
        }
        int stripes = (length - 1 - block * blocks) / STRIPE;
        for (int stripe = 0; stripe < stripes; stripe++) {
            accumulate(lanes, bytes, blocks * block + stripe * STRIPE, stripe * LANES);
        }
        accumulate(lanes, bytes, length - STRIPE, SECRET_LIMIT - 7);
        long result = length * PRIME64_1;
        for (int i = 0; i < 4; i++) {
            result += foldedProduct(lanes[2 * i] ^ long64(SECRET, 11 + 16 * i),
                    lanes[2 * i + 1] ^ long64(SECRET, 19 + 16 * i));
        }
        return avalanche(result);
    }

    private static void accumulate(long[] lanes, byte[] bytes, int at, int secretAt) {
        for (int i = 0; i < LANES; i++) {
            long data = long64(bytes, at + 8 * i);
            long keyed = data ^ long64(SECRET, secretAt + 8 * i);
            lanes[i ^ 1] += data;
            lanes[i] += (keyed & 0xffffffffL) * (keyed >>> 32);
        }
    }

    private static void scramble(long[] lanes) {
        for (int i = 0; i < LANES; i++) {
            long lane = lanes[i];
            lanes[i] = (lane ^ lane >>> 47 ^ long64(SECRET, SECRET_LIMIT + 8 * i)) * PRIME32_1;
        }
    }

    private static long mix16(byte[] bytes, int at, int secretAt) {
        return foldedProduct(long64(bytes, at) ^ long64(SECRET, secretAt),
                long64(bytes, at + 8) ^ long64(SECRET, secretAt + 8));
    }

    /** Both halves of the unsigned 128-bit product, xored. */
    private static long foldedProduct(long left, long right) {
        long high = Math.multiplyHigh(left, right) + (left >> 63 & right) + (right >> 63 & left);
        return left * right ^ high;
    }

    private static long avalanche(long hash) {
        long h = hash;
        h ^= h >>> 37;
        h *= PRIME_MX1;
        return h ^ h >>> 32;
    }

    private static long xxh64Avalanche(long hash) {
        long h = hash;
        h ^= h >>> 33;
        h *= PRIME64_2;
        h ^= h >>> 29;
        h *= PRIME64_3;
        return h ^ h >>> 32;
    }

    private static long strongAvalanche(long hash, int length) {
        long h = hash;
        h ^= Long.rotateLeft(h, 49) ^ Long.rotateLeft(h, 24);
        h *= PRIME_MX2;
        h ^= (h >>> 35) + length;
        h *= PRIME_MX2;
        return h ^ h >>> 28;
    }
}
