// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.Damage;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a record from bytes that may be damaged: every length is checked before anything is allocated, and what does
 * not fit is a CorruptionException that names the file and the offset. One thread at a time.
 */
public final class ByteReader {

    private final byte[] array;
    private final int start;
    private final int end;
    private final Path file;
    private final long fileOffset;
    private int position;

    /**
     * A reader of a range.
     *
     * @param file from which the bytes come, for messages
     * @param fileOffset where in the file the range begins
     */
    public ByteReader(byte[] array, int offset, int length, Path file, long fileOffset) {
        this.array = array;
        this.start = offset;
        this.position = offset;
        this.end = offset + length;
        this.file = file;
        this.fileOffset = fileOffset;
    }

    /** Where it is in the array. */
    public int position() {
        return position;
    }

    /** Bytes not yet read. */
    public int remaining() {
        return end - position;
    }

    /** Whether there is more. */
    public boolean hasRemaining() {
        return position < end;
    }

    /** One byte, 0 to 255. */
    public int getByte() {
        need(1);
        return array[position++] & 0xff;
    }

    /** Four bytes. */
    public int getInt() {
        need(Integer.BYTES);
        int value = Bytes.getInt(array, position);
        position += Integer.BYTES;
        return value;
    }

    /** Eight bytes. */
    public long getLong() {
        need(Long.BYTES);
        long value = Bytes.getLong(array, position);
        position += Long.BYTES;
        return value;
    }

    /** A varint. */
    public long getVarint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            need(1);
            byte b = array[position++];
            if (shift == 63 && (b & 0xfe) != 0) {
                break;
            }
            value |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw damage("a number is longer than ten bytes");
    }

    /** A varint that must lie between 0 and the limit. */
    public int getVarint(int limit) {
        long value = getVarint();
        if (value < 0 || value > limit) {
            throw damage("number " + value + " is not between 0 and " + limit);
        }
        return (int) value;
    }

    /** Steps over this many bytes and returns where they begin. */
    public int skip(int length) {
        need(length);
        int at = position;
        position += length;
        return at;
    }

    /** A copy of this many bytes. */
    public byte[] getBytes(int length) {
        int at = skip(length);
        return Arrays.copyOfRange(array, at, at + length);
    }

    /** A varint length, then that many bytes, copied. */
    public byte[] getBlob() {
        return getBytes(getVarint(end - start));
    }

    /** The error for a record that makes no sense here. */
    public RuntimeException damage(String what) {
        return Damage.at(file, fileOffset + position - start, what);
    }

    private void need(int length) {
        if (length < 0 || length > end - position) {
            throw damage("needs " + length + " bytes, " + (end - position) + " are left");
        }
    }
}
