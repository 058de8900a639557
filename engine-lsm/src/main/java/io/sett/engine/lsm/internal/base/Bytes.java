// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers in byte arrays, and comparison of array ranges. Little-endian unless the name says BE. */
public final class Bytes {

    /** No bytes. */
    public static final byte[] EMPTY = new byte[0];

    private static final VarHandle INT = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = view(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = view(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {
    }

    private static VarHandle view(Class<?> type, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(type, order);
    }

    /** Two bytes as a number from 0 to 65535. */
    public static int getUnsignedShort(byte[] array, int at) {
        return (short) SHORT.get(array, at) & 0xffff;
    }

    /** Writes the low two bytes. */
    public static void putShort(byte[] array, int at, int value) {
        SHORT.set(array, at, (short) value);
    }

    /** Four bytes. */
    public static int getInt(byte[] array, int at) {
        return (int) INT.get(array, at);
    }

    /** Writes four bytes. */
    public static void putInt(byte[] array, int at, int value) {
        INT.set(array, at, value);
    }

    /** Eight bytes. */
    public static long getLong(byte[] array, int at) {
        return (long) LONG.get(array, at);
    }

    /** Writes eight bytes. */
    public static void putLong(byte[] array, int at, long value) {
        LONG.set(array, at, value);
    }

    /** Eight bytes, the most significant one first. */
    public static long getLongBE(byte[] array, int at) {
        return (long) LONG_BE.get(array, at);
    }

    /** Writes eight bytes, the most significant one first. */
    public static void putLongBE(byte[] array, int at, long value) {
        LONG_BE.set(array, at, value);
    }

    /** Unsigned lexicographic order of two ranges. */
    public static int compare(byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset,
            int rightLength) {
        return Arrays.compareUnsigned(left, leftOffset, leftOffset + leftLength, right, rightOffset,
                rightOffset + rightLength);
    }

    /** Whether two ranges hold the same bytes. */
    public static boolean equal(byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset,
            int rightLength) {
        return leftLength == rightLength && Arrays.equals(left, leftOffset, leftOffset + leftLength, right,
                rightOffset, rightOffset + rightLength);
    }

    /** How many leading bytes two ranges share. */
    public static int commonPrefix(byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset,
            int rightLength) {
        int mismatch = Arrays.mismatch(left, leftOffset, leftOffset + leftLength, right, rightOffset,
                rightOffset + rightLength);
        return mismatch < 0 ? leftLength : mismatch;
    }

    /**
     * The first eight bytes of a range as a number whose signed order never contradicts the order of ranges; equal
     * numbers say nothing. Missing bytes count as zero.
     */
    public static long head(byte[] array, int offset, int length) {
        if (length >= Long.BYTES) {
            return getLongBE(array, offset) ^ Long.MIN_VALUE;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (array[offset + i] & 0xffL) << 56 - 8 * i;
        }
        return value ^ Long.MIN_VALUE;
    }

    /**
     * The index of the first of some ascending numbers, at least one, that is not below that one; their count when all
     * are. Without a branch that depends on the numbers, which nobody could predict.
     */
    public static int firstFrom(long[] ascending, long wanted) {
        int low = 0;
        int left = ascending.length;
        while (left > 1) {
            int half = left >>> 1;
            low += ascending[low + half - 1] < wanted ? half : 0;
            left -= half;
        }
        return ascending[low] < wanted ? low + 1 : low;
    }

    /** Behind the last of some ascending numbers that is the same as the one at that index. */
    public static int endOfEqual(long[] ascending, int index) {
        long value = ascending[index];
        if (index + 1 == ascending.length || ascending[index + 1] != value) {
            return index + 1;
        }
        return value == Long.MAX_VALUE ? ascending.length : firstFrom(ascending, value + 1);
    }

    /** An array of at least this length with the old content: the same one if it is long enough. */
    public static byte[] atLeast(byte[] array, int length) {
        if (array.length >= length) {
            return array;
        }
        return Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(length, array.length * 3L / 2)));
    }
}
