// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

import java.util.Arrays;

/**
 * The operations of one commit in the form in which the log stores them, so that they are encoded once, when the caller
 * hands them over. For one thread until it is committed.
 *
 * <p>A key may be written more than once; the last operation wins, the earlier ones are marked {@link #SKIPPED}. All
 * operations of a commit get the same version, so two of one key could not be told apart later.
 */
public final class LogBatch {

    /** Kind of an operation that a later one of the same batch replaced. */
    public static final int SKIPPED = 0xff;

    private static final int MAX_VARINT = 5;

    /** Receives the operations of a batch in order. */
    @FunctionalInterface
    public interface Sink {

        /**
         * One operation.
         *
         * @param kind number of its kind, never {@link #SKIPPED}
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
    private int skipped;
    private long keyBytes;
    private int[] index = {};

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
        if (count > 0) {
            forgetEarlier(key);
        }
        int start = size;
        data[size++] = (byte) kind;
        size = writeVarint(data, size, key.length);
        System.arraycopy(key, 0, data, size, key.length);
        size += key.length;
        size = writeVarint(data, size, cellLength);
        int cell = size;
        size += cellLength;
        count++;
        keyBytes += key.length;
        if (index.length > 0) {
            enter(key.length, start);
        }
        return cell;
    }

    /** The bytes behind the batch, valid up to {@link #byteSize()} and until the next operation is appended. */
    public byte[] data() {
        return data;
    }

    /** Bytes of all operations as they go into the log. */
    public int byteSize() {
        return size;
    }

    /** Number of operations, those that were replaced included. */
    public int count() {
        return count;
    }

    /** Number of operations that count. */
    public int liveCount() {
        return count - skipped;
    }

    /** Forgets everything and keeps the room. */
    public void clear() {
        size = 0;
        count = 0;
        skipped = 0;
        keyBytes = 0;
        index = new int[0];
    }

    /**
     * Hands over all operations that count.
     *
     * @throws IllegalArgumentException when the bytes are no operations; only possible for a batch read from a file
     */
    public void forEach(Sink sink) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            require(at < size, at);
            int kind = data[at++] & 0xff;
            int keyLength = readVarint(data, at, size);
            at += varintSize(keyLength);
            require(keyLength > 0 && keyLength <= size - at, at);
            int keyAt = at;
            at += keyLength;
            int cellLength = readVarint(data, at, size);
            at += varintSize(cellLength);
            require(cellLength <= size - at, at);
            if (kind != SKIPPED) {
                sink.operation(kind, data, keyAt, keyLength, at, cellLength);
            }
            at += cellLength;
        }
        require(at == size, at);
    }

    private static void require(boolean holds, int at) {
        if (!holds) {
            throw new IllegalArgumentException("the operations end early or late, at byte " + at);
        }
    }

    private void ensure(int more) {
        if ((long) size + more > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException("a commit of more than 2 GiB");
        }
        if (size + more > data.length) {
            long wanted = Math.max((long) size + more, Math.min(data.length * 2L, data.length + (64L << 20)));
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 64, wanted));
        }
    }

    // --- the keys of the batch: a table of operation offsets + 1, made when the second operation comes ---

    private void forgetEarlier(byte[] key) {
        if (index.length == 0 || count * 2 >= index.length) {
            rebuild();
        }
        int mask = index.length - 1;
        for (int slot = hash(key, 0, key.length) & mask; index[slot] != 0; slot = slot + 1 & mask) {
            int at = index[slot] - 1;
            int length = readVarint(data, at + 1, size);
            int keyAt = at + 1 + varintSize(length);
            if (Arrays.equals(data, keyAt, keyAt + length, key, 0, key.length) && data[at] != (byte) SKIPPED) {
                data[at] = (byte) SKIPPED;
                skipped++;
            }
        }
    }

    private void rebuild() {
        int capacity = Math.max(16, Integer.highestOneBit(count) * 8);
        index = new int[capacity];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int keyLength = readVarint(data, at + 1, size);
            if (data[at] != (byte) SKIPPED) {
                enter(keyLength, at);
            }
            at += 1 + varintSize(keyLength) + keyLength;
            int cellLength = readVarint(data, at, size);
            at += varintSize(cellLength) + cellLength;
        }
    }

    private void enter(int keyLength, int start) {
        int keyAt = start + 1 + varintSize(keyLength);
        int mask = index.length - 1;
        int slot = hash(data, keyAt, keyLength) & mask;
        while (index[slot] != 0) {
            slot = slot + 1 & mask;
        }
        index[slot] = start + 1;
    }

    private static int hash(byte[] bytes, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + bytes[i];
        }
        hash *= 0x9e3779b1;
        return hash ^ hash >>> 15;
    }

    // --- varints: 7 bits a byte, low bits first, the highest bit says that more follow ---

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
        int bits = 64 - Long.numberOfLeadingZeros(value | 1);
        return (bits + 6) / 7;
    }

    /** A length: at most 2^31 - 1, in its shortest form, inside the limit. */
    private static int readVarint(byte[] source, int at, int limit) {
        long value = readLongVarint(source, at, limit);
        require(value <= Integer.MAX_VALUE, at);
        return (int) value;
    }

    static long readLongVarint(byte[] source, int at, int limit) {
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
