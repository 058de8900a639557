// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Takes a key of a {@link KeyBuilder} apart, part by part, in the order and with the types with which it was built.
 * Threads: one at a time.
 *
 * <p>Errors: {@link InvalidOperationException} VALUE_TYPE_MISMATCH when the key does not have such a part there.
 */
public final class KeyReader {

    private final byte[] key;
    private int position;

    /** From the first part on. */
    public KeyReader(byte[] key) {
        this.key = key.clone();
    }

    /** The next part, an {@link KeyBuilder#add(int)}. */
    public int number() {
        return take(Integer.BYTES).getInt() ^ Integer.MIN_VALUE;
    }

    /** The next part, an {@link KeyBuilder#add(long)}. */
    public long longNumber() {
        return take(Long.BYTES).getLong() ^ Long.MIN_VALUE;
    }

    /** The next part, an {@link KeyBuilder#add(double)}. */
    public double decimal() {
        long bits = take(Double.BYTES).getLong();
        return Double.longBitsToDouble(bits < 0 ? bits ^ Long.MIN_VALUE : ~bits);
    }

    /** The next part, an {@link KeyBuilder#add(boolean)}. */
    public boolean truth() {
        byte value = take(1).get();
        if (value != 0 && value != 1) {
            throw mismatch("a truth value");
        }
        return value == 1;
    }

    /** The next part, an {@link KeyBuilder#add(String)}. */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** The next part, an {@link KeyBuilder#add(byte[])}. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (true) {
            byte value = take(1).get();
            if (value == 0) {
                int mark = take(1).get() & 0xff;
                if (mark == KeyBuilder.END) {
                    return bytes.toByteArray();
                }
                if (mark != KeyBuilder.ESCAPED_ZERO) {
                    throw mismatch("a text or bytes");
                }
            }
            bytes.write(value);
        }
    }

    /** The next part, an {@link KeyBuilder#add(UUID)}. */
    public UUID uuid() {
        ByteBuffer part = take(16);
        return new UUID(part.getLong(), part.getLong());
    }

    /** The next part, an {@link KeyBuilder#add(Instant)}. */
    public Instant time() {
        return Instant.ofEpochSecond(longNumber(), number());
    }

    /** Whether there is a further part. */
    public boolean hasNext() {
        return position < key.length;
    }

    private ByteBuffer take(int length) {
        if (length > key.length - position) {
            throw mismatch("a part of " + length + " bytes");
        }
        ByteBuffer part = ByteBuffer.wrap(key, position, length);
        position += length;
        return part;
    }

    private InvalidOperationException mismatch(String wanted) {
        return new InvalidOperationException(ErrorCode.VALUE_TYPE_MISMATCH, "key " + HexFormat.of().formatHex(key)
                + " (hexadecimal) has no " + wanted + " at byte " + position
                + "; read the parts in the order and with the types with which the key was built");
    }
}
