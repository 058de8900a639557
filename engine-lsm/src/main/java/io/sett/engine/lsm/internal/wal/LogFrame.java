// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

import io.sett.engine.lsm.internal.base.ValuePointer;
import java.util.zip.CRC32C;

/** The frame around each record of a log; see the package documentation for its form. */
final class LogFrame {

    /** Bytes before the payload. */
    static final int HEADER = ValuePointer.FRAME_HEADER;
    /** Bytes behind the payload: the end mark. */
    static final int TRAILER = 1;
    /** Largest payload of one frame; a larger commit is cut into several. */
    static final int MAX_PAYLOAD = ValuePointer.PART;
    /** Never zero, so that a record whose last byte was not written is known. */
    static final byte END_MARK = (byte) 0xE7;

    static final int WHOLE = 1;
    static final int FIRST = 2;
    static final int MIDDLE = 3;
    static final int LAST = 4;
    static final int VALUE = 5;

    private static final int LENGTH_BITS = 28;

    private LogFrame() {
    }

    /** What mixes store and file into each header, so that no byte of another file is taken for a record. */
    static long salt(long storeId, long fileId) {
        long mixed = storeId ^ fileId * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return mixed ^ mixed >>> 32;
    }

    static int size(int payloadLength) {
        return HEADER + payloadLength + TRAILER;
    }

    /** Writes header and end mark around a payload that lies at {@code at + HEADER}; returns the end of the frame. */
    static int seal(byte[] buffer, int at, int type, int payloadLength, long salt, CRC32C crc) {
        putInt(buffer, at, type << LENGTH_BITS | payloadLength);
        crc.reset();
        crc.update(buffer, at + HEADER, payloadLength);
        putInt(buffer, at + 4, (int) crc.getValue());
        putInt(buffer, at + 8, headerSum(buffer, at, salt));
        buffer[at + HEADER + payloadLength] = END_MARK;
        return at + HEADER + payloadLength + TRAILER;
    }

    /** Whether a header stands here: its sum is right and length and type are possible. */
    static boolean isHeader(byte[] buffer, int at, long salt) {
        int type = type(buffer, at);
        return type >= WHOLE && type <= VALUE && length(buffer, at) <= MAX_PAYLOAD
                && getInt(buffer, at + 8) == headerSum(buffer, at, salt);
    }

    static int type(byte[] buffer, int at) {
        return getInt(buffer, at) >>> LENGTH_BITS;
    }

    static int length(byte[] buffer, int at) {
        return getInt(buffer, at) & (1 << LENGTH_BITS) - 1;
    }

    /** Whether the payload behind a good header is whole. */
    static boolean isWhole(byte[] buffer, int at, CRC32C crc) {
        int length = length(buffer, at);
        crc.reset();
        crc.update(buffer, at + HEADER, length);
        return buffer[at + HEADER + length] == END_MARK && (int) crc.getValue() == getInt(buffer, at + 4);
    }

    /** Whether these three numbers are the header of a part of a value of that length. */
    static boolean isValue(int typeAndLength, int crc, int sum, int length, long salt) {
        return typeAndLength == (VALUE << LENGTH_BITS | length) && sum == headerSum(typeAndLength, crc, salt);
    }

    private static int headerSum(byte[] buffer, int at, long salt) {
        return headerSum(getInt(buffer, at), getInt(buffer, at + 4), salt);
    }

    /** Eight bytes and the salt, mixed; twelve bytes are too few for a checksum loop to pay. */
    private static int headerSum(int typeAndLength, int crc, long salt) {
        long word = typeAndLength & 0xffff_ffffL | (long) crc << 32;
        long mixed = (word ^ salt) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed ^ mixed >>> 32);
    }

    static void putInt(byte[] buffer, int at, int value) {
        buffer[at] = (byte) value;
        buffer[at + 1] = (byte) (value >>> 8);
        buffer[at + 2] = (byte) (value >>> 16);
        buffer[at + 3] = (byte) (value >>> 24);
    }

    static int getInt(byte[] buffer, int at) {
        return buffer[at] & 0xff | (buffer[at + 1] & 0xff) << 8 | (buffer[at + 2] & 0xff) << 16
                | buffer[at + 3] << 24;
    }
}
