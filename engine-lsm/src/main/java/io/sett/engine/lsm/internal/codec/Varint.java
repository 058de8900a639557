// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

/** Numbers in one to ten bytes, see the package page. */
public final class Varint {

    /** Bytes of the longest varint. */
    public static final int MAX_LENGTH = 10;

    private Varint() {
    }

    /** Bytes that this number takes. */
    public static int length(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** Writes the number and returns the position behind it. */
    public static int write(byte[] target, int at, long value) {
        int position = at;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            target[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[position++] = (byte) rest;
        return position;
    }
}
