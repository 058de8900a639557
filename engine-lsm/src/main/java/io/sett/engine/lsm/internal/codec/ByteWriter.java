// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

import io.sett.engine.lsm.internal.base.Bytes;
import java.util.Arrays;

/** A growing array of bytes to write records into. Reusable; one thread at a time. */
public final class ByteWriter {

    private byte[] array;
    private int position;

    /** Empty, with room for this many bytes before it has to grow. */
    public ByteWriter(int capacity) {
        array = new byte[Math.max(16, capacity)];
    }

    /** Forgets what was written, keeps the room. */
    public ByteWriter reset() {
        position = 0;
        return this;
    }

    /** Bytes written. */
    public int length() {
        return position;
    }

    /** The array itself, valid up to {@link #length()} and until the next write. */
    public byte[] array() {
        return array;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(array, position);
    }

    /** Makes room for this many bytes and returns where they begin; the caller fills them. */
    public int reserve(int length) {
        array = Bytes.atLeast(array, Math.addExact(position, length));
        int at = position;
        position += length;
        return at;
    }

    /** Cuts what was written back to that length. */
    public void truncate(int length) {
        position = Math.min(position, length);
    }

    /** One byte. */
    public ByteWriter putByte(int value) {
        int at = reserve(1);
        array[at] = (byte) value;
        return this;
    }

    /** Four bytes. */
    public ByteWriter putInt(int value) {
        int at = reserve(Integer.BYTES);
        Bytes.putInt(array, at, value);
        return this;
    }

    /** Eight bytes. */
    public ByteWriter putLong(long value) {
        int at = reserve(Long.BYTES);
        Bytes.putLong(array, at, value);
        return this;
    }

    /** A varint. */
    public ByteWriter putVarint(long value) {
        array = Bytes.atLeast(array, position + Varint.MAX_LENGTH);
        position = Varint.write(array, position, value);
        return this;
    }

    /** The bytes alone. */
    public ByteWriter putBytes(byte[] source, int offset, int length) {
        int at = reserve(length);
        System.arraycopy(source, offset, array, at, length);
        return this;
    }

    /** The bytes alone. */
    public ByteWriter putBytes(byte[] source) {
        return putBytes(source, 0, source.length);
    }

    /** A varint with the length, then the bytes. */
    public ByteWriter putBlob(byte[] source, int offset, int length) {
        return putVarint(length).putBytes(source, offset, length);
    }

    /** A varint with the length, then the bytes. */
    public ByteWriter putBlob(byte[] source) {
        return putBlob(source, 0, source.length);
    }
}
