// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable view of bytes that live somewhere else: in an array, in off-heap memory or in a mapped file.
 *
 * <p>A slice that comes from a store is valid until its scope ends (the reader function returns, the cursor moves);
 * afterwards every access throws {@link io.sett.api.error.ClosedException} and never crashes. Keep
 * {@link #toByteArray() a copy} for longer. Slices made by {@link #of(byte[])} live as long as they are reachable.
 *
 * <p>Threads: a slice may be read by many threads as long as its scope lasts. Equality and order are those of the bytes
 * (unsigned).
 */
public final class Slice implements Comparable<Slice> {

    private static final SliceScope FOREVER = new SliceScope("nothing that ends");
    private static final Slice EMPTY = FOREVER.slice(new byte[0], 0, 0);

    private final byte @Nullable [] array;
    private final @Nullable ByteBuffer buffer;
    private final int offset;
    private final int length;
    private final SliceScope scope;
    private final int generation;

    Slice(byte @Nullable [] array, @Nullable ByteBuffer buffer, int offset, int length, SliceScope scope,
            int generation) {
        Objects.checkFromIndexSize(offset, length, array != null ? array.length : buffer.limit());
        this.array = array;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.scope = scope;
        this.generation = generation;
    }

    /** A view of the whole array, which must not be changed afterwards. */
    public static Slice of(byte[] array) {
        return array.length == 0 ? EMPTY : FOREVER.slice(array, 0, array.length);
    }

    /** A view of a part of the array, which must not be changed afterwards. */
    public static Slice of(byte[] array, int offset, int length) {
        return FOREVER.slice(array, offset, length);
    }

    /** A slice without bytes. */
    public static Slice empty() {
        return EMPTY;
    }

    /** Number of bytes. */
    public int length() {
        return length;
    }

    /** Whether there is no byte. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** Whether the scope still lasts. */
    public boolean isAlive() {
        return generation == scope.generation();
    }

    /** The byte at this index. */
    public byte get(int index) {
        checkAlive();
        Objects.checkIndex(index, length);
        return array != null ? array[offset + index] : buffer.get(offset + index);
    }

    /** Eight bytes from this index on as a big-endian number. */
    public long getLong(int index) {
        checkAlive();
        Objects.checkFromIndexSize(index, Long.BYTES, length);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | get(index + i) & 0xff;
        }
        return value;
    }

    /** A part of this slice, valid as long as this one. */
    public Slice slice(int from, int partLength) {
        checkAlive();
        Objects.checkFromIndexSize(from, partLength, length);
        return new Slice(array, buffer, offset + from, partLength, scope, generation);
    }

    /** A copy that belongs to the caller. */
    public byte[] toByteArray() {
        byte[] copy = new byte[length];
        copyTo(copy, 0);
        return copy;
    }

    /** Copies all bytes into the array from {@code at} on. */
    public void copyTo(byte[] target, int at) {
        checkAlive();
        if (array != null) {
            System.arraycopy(array, offset, target, at, length);
        } else {
            buffer.get(offset, target, at, length);
        }
    }

    /**
     * A read-only buffer over the same bytes, without a copy. It does not check the scope: it must not be used after
     * the scope ended, when it may show other bytes.
     */
    public ByteBuffer asByteBuffer() {
        checkAlive();
        ByteBuffer view = array != null ? ByteBuffer.wrap(array) : buffer.duplicate();
        return view.limit(offset + length).position(offset).slice().asReadOnlyBuffer();
    }

    /** The bytes as text. */
    public String toString(Charset charset) {
        return new String(toByteArray(), charset);
    }

    /** Whether the bytes are the same. */
    public boolean contentEquals(byte[] other) {
        return length == other.length && compareTo(other) == 0;
    }

    /** Whether it begins with these bytes. */
    public boolean startsWith(byte[] prefix) {
        return length >= prefix.length && slice(0, prefix.length).compareTo(prefix) == 0;
    }

    /** Unsigned lexicographic comparison with an array. */
    public int compareTo(byte[] other) {
        checkAlive();
        if (array != null) {
            return Arrays.compareUnsigned(array, offset, offset + length, other, 0, other.length);
        }
        return compareBytes(this, of(other));
    }

    @Override
    public int compareTo(Slice other) {
        checkAlive();
        other.checkAlive();
        if (array != null && other.array != null) {
            return Arrays.compareUnsigned(array, offset, offset + length, other.array, other.offset,
                    other.offset + other.length);
        }
        return compareBytes(this, other);
    }

    private static int compareBytes(Slice left, Slice right) {
        int common = Math.min(left.length, right.length);
        for (int i = 0; i < common; i++) {
            int difference = (left.get(i) & 0xff) - (right.get(i) & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return left.length - right.length;
    }

    private void checkAlive() {
        if (generation != scope.generation()) {
            throw scope.ended();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slice slice && length == slice.length && compareTo(slice) == 0;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + get(i);
        }
        return hash;
    }

    /** Up to 64 bytes in hexadecimal; does not throw when the scope has ended. */
    @Override
    public String toString() {
        if (!isAlive()) {
            return "Slice[ended]";
        }
        int shown = Math.min(length, 64);
        String hex = HexFormat.of().formatHex(slice(0, shown).toByteArray());
        return "Slice[" + length + " bytes: " + hex + (shown < length ? "…" : "") + "]";
    }
}
