// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.base.ValuePointer;
import java.util.Arrays;

/**
 * The operations of one commit in the form in which the log stores them, so that they are encoded once, when the caller
 * hands them over. For one thread until it is committed.
 *
 * <p>Each key comes at most once: all operations of a commit get the same version, so two of one key could not be told
 * apart later. Whoever fills the batch sees to that.
 */
public final class LogBatch {

    private static final int MAX_VARINT = 5;
    private static final SeparatedValue[] NO_VALUES = new SeparatedValue[0];

    /** Receives the operations of a batch in order. */
    @FunctionalInterface
    public interface Sink {

        /**
         * One operation.
         *
         * @param kind number of its kind
         * @param data holds key and cell
         * @param keyAt where the key begins
         * @param keyLength length of the key
         * @param cellAt where the value cell begins
         * @param cellLength length of the value cell, 0 when the kind has none
         */
        void operation(int kind, byte[] data, int keyAt, int keyLength, int cellAt, int cellLength);
    }

    private byte[] data;
    private int size;
    private int count;
    private SeparatedValue[] values = NO_VALUES;
    private int valueCount;
    private long valueBytes;

    /** An empty batch with room for this many bytes. */
    public LogBatch(int capacity) {
        data = new byte[capacity];
    }

    /** A batch of bytes read from a log; checked while it is read. */
    static LogBatch of(byte[] operations, int length, int count) {
        LogBatch batch = new LogBatch(0);
        batch.data = operations;
        batch.size = length;
        batch.count = count;
        return batch;
    }

    /** Bytes that an operation takes. */
    public static int operationSize(int keyLength, int cellLength) {
        return 1 + varintSize(keyLength) + keyLength + varintSize(cellLength) + cellLength;
    }

    /** Empties it, so that it can be used for another commit; nobody may still need the one before. */
    public void clear() {
        size = 0;
        count = 0;
        Arrays.fill(values, 0, valueCount, null);
        valueCount = 0;
        valueBytes = 0;
    }

    /** Bytes that it can hold without growing. */
    public int capacity() {
        return data.length;
    }

    /** Appends an operation; the arrays are copied. */
    public void add(int kind, byte[] key, byte[] cell, int cellAt, int cellLength) {
        int at = reserve(kind, key, cellLength);
        System.arraycopy(cell, cellAt, data, at, cellLength);
    }

    /**
     * Appends an operation whose cell the caller writes into {@link #data()} at the returned place.
     *
     * @return where the cell begins
     */
    public int reserve(int kind, byte[] key, int cellLength) {
        ensure(1 + MAX_VARINT + key.length + MAX_VARINT + cellLength);
        data[size++] = (byte) kind;
        size = writeVarint(data, size, key.length);
        System.arraycopy(key, 0, data, size, key.length);
        size += key.length;
        size = writeVarint(data, size, cellLength);
        int cell = size;
        size += cellLength;
        count++;
        return cell;
    }

    /**
     * Appends a put whose value is written apart from it. The array is not copied: it must stay as it is until the
     * commit is written.
     */
    public void separate(byte[] key, byte userMeta, long expiresAt, SeparatedValue value) {
        int pointer = ValuePointer.encodedLength(value.stored().length, value.codec(), value.length());
        int cell = reserve(EntryKind.PUT_POINTER, key, ValueCell.encodedLength(userMeta, expiresAt, pointer));
        int at = ValueCell.writeHeader(data, cell, userMeta, expiresAt);
        ValuePointer.write(data, at, value.stored().length, value.codec(), value.length());
        if (valueCount == values.length) {
            values = Arrays.copyOf(values, Math.max(1, valueCount * 2));
        }
        values[valueCount++] = value.at(at);
        valueBytes += ValuePointer.framedLength(value.stored().length);
    }

    /** Number of values that are written apart. */
    public int valueCount() {
        return valueCount;
    }

    /** One of them. */
    SeparatedValue value(int index) {
        return values[index];
    }

    /** Says where a value was written, in the operation that points to it. */
    void place(int index, long file, long offset) {
        ValuePointer.place(data, values[index].pointerAt(), file, offset);
    }

    /** Bytes that it takes in the log, but for a few around the operations. */
    public long loggedSize() {
        return size + valueBytes;
    }

    /** The bytes behind the batch, valid up to {@link #byteSize()} and until the next operation is appended. */
    public byte[] data() {
        return data;
    }

    /** Bytes of all operations as they go into the log, without values that are written apart. */
    public int byteSize() {
        return size;
    }

    /** Number of operations. */
    public int count() {
        return count;
    }

    /**
     * Hands over all operations.
     *
     * @throws IllegalArgumentException when the bytes are no operations; only possible for a batch read from a file
     */
    public void forEach(Sink sink) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            require(at < size, at);
            int kind = data[at++] & 0xff;
            int keyLength = length(at);
            at += varintSize(keyLength);
            require(keyLength > 0 && keyLength <= Limits.MAX_BOUND_LENGTH && keyLength <= size - at, at);
            int keyAt = at;
            at += keyLength;
            int cellLength = length(at);
            at += varintSize(cellLength);
            require(cellLength <= size - at, at);
            sink.operation(kind, data, keyAt, keyLength, at, cellLength);
            at += cellLength;
        }
        require(at == size, at);
    }

    private int length(int at) {
        long value = readVarint(data, at, size);
        require(value <= Integer.MAX_VALUE, at);
        return (int) value;
    }

    private static void require(boolean holds, int at) {
        if (!holds) {
            throw new IllegalArgumentException("the operations end early or late, at byte " + at);
        }
    }

    private void ensure(int more) {
        long needed = (long) size + more;
        if (needed > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException("a commit of more than 2 GiB");
        }
        if (needed > data.length) {
            long wanted = Math.max(needed, Math.min(data.length * 2L, data.length + (64L << 20)));
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 64, wanted));
        }
    }

    // --- varints: 7 bits a byte, low bits first, the highest bit says that more follow; only the shortest form ---

    static int writeVarint(byte[] target, int at, long value) {
        int end = at;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            target[end++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[end++] = (byte) rest;
        return end;
    }

    static int varintSize(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    static long readVarint(byte[] source, int at, int limit) {
        long value = 0;
        for (int shift = 0, i = at; shift < 63; shift += 7, i++) {
            require(i < limit, i);
            byte next = source[i];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                require(varintSize(value) == i - at + 1, at);
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 63 bits at byte " + at);
    }
}
