// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

/**
 * What stands behind a key in memtables, tables and logs: a short header, then the value.
 *
 * <pre>
 * +-------+---------------------------+--------------+------------------+
 * | flags | expiry, varint 1…9 bytes  | user meta    | payload          |
 * | 1     | only if flags &amp; 1          | 1, flags &amp; 2  | all the rest     |
 * +-------+---------------------------+--------------+------------------+
 * </pre>
 * Expiry is in milliseconds since 1970, never 0. A cell without any byte has no flags and no payload: that of a DELETE.
 * The payload is the value (PUT) or a pointer (PUT_POINTER). Example: value {@code 78}, no expiry, user meta 7:
 * {@code 02 07 78}.
 *
 * <p>An instance is a reusable view that parses without allocating; it does not keep the array alive longer than its
 * owner. One thread at a time.
 */
public final class ValueCell {

    /** Bytes of the longest header. */
    public static final int MAX_HEADER_LENGTH = 1 + 9 + 1;

    private static final int HAS_EXPIRY = 1;
    private static final int HAS_META = 2;
    private static final int KNOWN = HAS_EXPIRY | HAS_META;

    private byte[] array = Bytes.EMPTY;
    private int payloadOffset;
    private int payloadLength;
    private long expiresAt;
    private byte userMeta;

    /** Length of the cell of a value. */
    public static int encodedLength(byte userMeta, long expiresAt, int payloadLength) {
        int length = 1 + (userMeta != 0 ? 1 : 0) + payloadLength;
        for (long rest = expiresAt; rest != 0; rest >>>= 7) {
            length++;
        }
        return length;
    }

    /**
     * Writes the header of a cell.
     *
     * @param expiresAt milliseconds since 1970, 0 for never; not negative
     * @return the position behind it, where the payload belongs
     */
    public static int writeHeader(byte[] target, int at, byte userMeta, long expiresAt) {
        int position = at;
        target[position++] = (byte) ((expiresAt != 0 ? HAS_EXPIRY : 0) | (userMeta != 0 ? HAS_META : 0));
        if (expiresAt != 0) {
            long rest = expiresAt;
            while (rest >= 0x80) {
                target[position++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            target[position++] = (byte) rest;
        }
        if (userMeta != 0) {
            target[position++] = userMeta;
        }
        return position;
    }

    /** A cell in an array of its own. */
    public static byte[] encode(byte userMeta, long expiresAt, byte[] payload) {
        byte[] cell = new byte[encodedLength(userMeta, expiresAt, payload.length)];
        int position = writeHeader(cell, 0, userMeta, expiresAt);
        System.arraycopy(payload, 0, cell, position, payload.length);
        return cell;
    }

    /** When the cell expires, without a view; 0 for never. False answers are impossible for a cell that parses. */
    public static long expiresAt(byte[] cell, int offset, int length) {
        if (length == 0 || (cell[offset] & HAS_EXPIRY) == 0) {
            return 0;
        }
        long value = 0;
        int limit = Math.min(length, MAX_HEADER_LENGTH);
        for (int i = 1, shift = 0; i < limit; i++, shift += 7) {
            byte b = cell[offset + i];
            value |= (b & 0x7fL) << shift;
            if (b >= 0) {
                break;
            }
        }
        return value;
    }

    /**
     * Looks at a cell.
     *
     * @return false when the bytes are no cell
     */
    public boolean parse(byte[] cell, int offset, int length) {
        array = cell;
        expiresAt = 0;
        userMeta = 0;
        int position = offset;
        int end = offset + length;
        if (length > 0) {
            int flags = cell[position++];
            if ((flags & ~KNOWN) != 0) {
                return false;
            }
            if ((flags & HAS_EXPIRY) != 0) {
                position = parseExpiry(position, end);
            }
            if (position < 0 || (flags & HAS_META) != 0 && position >= end) {
                return false;
            }
            if ((flags & HAS_META) != 0) {
                userMeta = cell[position++];
            }
        }
        payloadOffset = position;
        payloadLength = end - position;
        return true;
    }

    /** Lets the cell go. */
    public void clear() {
        array = Bytes.EMPTY;
        payloadOffset = 0;
        payloadLength = 0;
    }

    private int parseExpiry(int from, int end) {
        int position = from;
        for (int shift = 0; shift < 63 && position < end; shift += 7) {
            byte b = array[position++];
            expiresAt |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return expiresAt > 0 ? position : -1;
            }
        }
        return -1;
    }

    /** The array in which the payload lies. */
    public byte[] array() {
        return array;
    }

    /** Where the payload begins in the array. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** Length of the payload. */
    public int payloadLength() {
        return payloadLength;
    }

    /** Milliseconds since 1970, 0 for never. */
    public long expiresAt() {
        return expiresAt;
    }

    /** The user's byte, 0 when none was given. */
    public byte userMeta() {
        return userMeta;
    }

    /** Whether it has expired at that moment (milliseconds since 1970): from its expiry on it has. */
    public boolean isExpired(long now) {
        return expiresAt != 0 && expiresAt <= now;
    }
}
