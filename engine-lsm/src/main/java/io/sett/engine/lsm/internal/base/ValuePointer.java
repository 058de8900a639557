// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

/**
 * Where a value lies that is stored apart from its key: the payload of the cell of a {@link EntryKind#PUT_POINTER}.
 *
 * <pre>
 * +----------------+---------------+----------------------------+------------------------------+
 * | segment (u32)  | offset (u40)  | stored length &lt;&lt; 2 | codec  | length of the value (varint) |
 * |                |               | (varint)                   | only if codec is not 0       |
 * +----------------+---------------+----------------------------+------------------------------+
 * </pre>
 * Little-endian. The segment is the number of a log or value-log file. The offset is that of the first stored byte; a
 * stored value is cut into parts of {@value #PART} bytes, each in a frame of its own, so part {@code i} begins at
 * {@code offset + i * (PART + FRAME)}. Segment and offset have fixed places since they are known only when the group is
 * written. Example: 1000 plain bytes at offset 76 of file 2 are {@code 02 00 00 00 4c 00 00 00 00 a0 1f}.
 *
 * <p>An instance is a reusable view. One thread at a time.
 */
public final class ValuePointer {

    /** Bytes of a value in one frame at most. */
    public static final int PART = 256 * 1024;

    /** Bytes of a frame around its part: {@link #FRAME_HEADER} before it and one behind it. */
    public static final int FRAME = 13;

    /** Bytes of a frame before its part. */
    public static final int FRAME_HEADER = 12;

    /** The highest number of a file that a pointer can name. */
    public static final long MAX_SEGMENT = 0xffff_ffffL;

    private static final int PLACE = 4 + 5;
    private static final int CODEC_BITS = 2;

    private long segment;
    private long offset;
    private int storedLength;
    private int codec;
    private int length;

    /** Bytes of a pointer. */
    public static int encodedLength(int storedLength, int codec, int length) {
        return PLACE + varintLength((long) storedLength << CODEC_BITS | codec)
                + (codec == 0 ? 0 : varintLength(length));
    }

    /** Writes a pointer whose segment and offset are still 0, see {@link #place}; returns the position behind it. */
    public static int write(byte[] target, int at, int storedLength, int codec, int length) {
        place(target, at, 0, 0);
        int position = writeVarint(target, at + PLACE, (long) storedLength << CODEC_BITS | codec);
        return codec == 0 ? position : writeVarint(target, position, length);
    }

    /** Sets segment and offset of a written pointer. */
    public static void place(byte[] target, int at, long segment, long offset) {
        if (segment > MAX_SEGMENT) {
            throw new IllegalArgumentException("file number " + segment + " is above " + MAX_SEGMENT
                    + ", the highest that a pointer can name");
        }
        Bytes.putInt(target, at, (int) segment);
        Bytes.putInt(target, at + 4, (int) offset);
        target[at + 8] = (byte) (offset >>> 32);
    }

    /** Bytes that a value of that stored length takes in a file, frames included. */
    public static long framedLength(int storedLength) {
        return storedLength + (long) FRAME * ((storedLength + PART - 1) / PART);
    }

    /**
     * Looks at a pointer.
     *
     * @return false when the bytes are none
     */
    public boolean parse(byte[] source, int at, int available) {
        if (available <= PLACE) {
            return false;
        }
        segment = Bytes.getInt(source, at) & MAX_SEGMENT;
        offset = Bytes.getInt(source, at + 4) & 0xffff_ffffL | (source[at + 8] & 0xffL) << 32;
        int end = at + available;
        long first = readVarint(source, at + PLACE, end);
        if (first < 0 || first >>> CODEC_BITS > Limits.MAX_VALUE_LENGTH) {
            return false;
        }
        storedLength = (int) (first >>> CODEC_BITS);
        codec = (int) first & (1 << CODEC_BITS) - 1;
        int position = at + PLACE + varintLength(first);
        length = storedLength;
        if (codec != 0) {
            long raw = readVarint(source, position, end);
            if (raw < 0 || raw > Limits.MAX_VALUE_LENGTH) {
                return false;
            }
            length = (int) raw;
            position += varintLength(raw);
        }
        return position == end && storedLength > 0;
    }

    /** Number of the file. */
    public long segment() {
        return segment;
    }

    /** Where the first stored byte is. */
    public long offset() {
        return offset;
    }

    /** Where the last frame of the value ends. */
    public long end() {
        return offset - FRAME_HEADER + framedLength(storedLength);
    }

    /** Stored bytes, after compression. */
    public int storedLength() {
        return storedLength;
    }

    /** Number of the codec, 0 for none. */
    public int codec() {
        return codec;
    }

    /** Length of the value itself. */
    public int length() {
        return length;
    }

    @Override
    public String toString() {
        return "value of " + length + " bytes (" + storedLength + " stored) at " + offset + " of file " + segment;
    }

    private static int varintLength(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    private static int writeVarint(byte[] target, int at, long value) {
        int position = at;
        long rest = value;
        while (rest >= 0x80) {
            target[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[position++] = (byte) rest;
        return position;
    }

    /** The number, or -1 when there is none of at most 35 bits. */
    private static long readVarint(byte[] source, int at, int end) {
        long value = 0;
        for (int position = at, shift = 0; position < end && shift < 35; shift += 7) {
            byte next = source[position++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }
}
