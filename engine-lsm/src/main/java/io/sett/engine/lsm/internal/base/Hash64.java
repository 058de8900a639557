// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

/**
 * XXH64 with seed 0 over a range of bytes: the hash behind filters, so its bits are part of the file format.
 * Algorithm: Yann Collet, xxHash, https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 */
public final class Hash64 {

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private Hash64() {
    }

    /** The hash of the range. */
    public static long of(byte[] array, int offset, int length) {
        int at = offset;
        int end = offset + length;
        long hash = P5;
        if (length >= 32) {
            hash = stripes(array, offset, end);
            at = offset + (length & ~31);
        }
        hash += length;
        for (; at + 8 <= end; at += 8) {
            hash ^= round(0, Bytes.getLong(array, at));
            hash = Long.rotateLeft(hash, 27) * P1 + P4;
        }
        if (at + 4 <= end) {
            hash ^= (Bytes.getInt(array, at) & 0xffffffffL) * P1;
            hash = Long.rotateLeft(hash, 23) * P2 + P3;
            at += 4;
        }
        for (; at < end; at++) {
            hash ^= (array[at] & 0xff) * P5;
            hash = Long.rotateLeft(hash, 11) * P1;
        }
        return avalanche(hash);
    }

    private static long stripes(byte[] array, int offset, int end) {
        long v1 = P1 + P2;
        long v2 = P2;
        long v3 = 0;
        long v4 = -P1;
        for (int at = offset; at + 32 <= end; at += 32) {
            v1 = round(v1, Bytes.getLong(array, at));
            v2 = round(v2, Bytes.getLong(array, at + 8));
            v3 = round(v3, Bytes.getLong(array, at + 16));
            v4 = round(v4, Bytes.getLong(array, at + 24));
        }
        long hash = Long.rotateLeft(v1, 1) + Long.rotateLeft(v2, 7) + Long.rotateLeft(v3, 12)
                + Long.rotateLeft(v4, 18);
        hash = merge(hash, v1);
        hash = merge(hash, v2);
        hash = merge(hash, v3);
        return merge(hash, v4);
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * P2, 31) * P1;
    }

    private static long merge(long hash, long value) {
        return (hash ^ round(0, value)) * P1 + P4;
    }

    private static long avalanche(long value) {
        long hash = value;
        hash = (hash ^ hash >>> 33) * P2;
        hash = (hash ^ hash >>> 29) * P3;
        return hash ^ hash >>> 32;
    }
}
