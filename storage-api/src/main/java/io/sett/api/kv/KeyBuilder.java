// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Builds keys of typed parts whose order as bytes is the order of the parts: first by the first part, then by the
 * second, and so on; numbers in numerical order, texts in order of their code points, times in order of time. Keys to
 * be compared must have parts of the same types. A key of the first parts is a prefix of all longer ones with these
 * parts.
 *
 * <pre>{@code
 * byte[] key = new KeyBuilder().add("user").add(42L).add(Instant.now()).toKey();
 * Cursor ofUser = store.iterate(new KeyBuilder().add("user").add(42L).toKey());
 * String kind = new KeyReader(key).text();
 * }</pre>
 *
 * <p>Form: an int is 4 and a long 8 bytes, big-endian, with the sign bit inverted; a double its 8 bytes, big-endian,
 * all bits inverted for negative numbers and the sign bit for others; a boolean 0 or 1; a UUID 16 bytes; an instant its
 * seconds as a long and its nanoseconds as an int; texts (UTF-8) and bytes have each 00 written as 00 FF and end with
 * 00 01. Threads: one at a time. {@link KeyReader} takes keys apart again.
 */
public final class KeyBuilder {

    static final int ESCAPED_ZERO = 0xff;
    static final int END = 0x01;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(32);

    /** A key without parts. */
    public KeyBuilder() {
    }

    /** Adds a whole number. */
    public KeyBuilder add(long number) {
        return write(ByteBuffer.allocate(Long.BYTES).putLong(number ^ Long.MIN_VALUE));
    }

    /** Adds a whole number. */
    public KeyBuilder add(int number) {
        return write(ByteBuffer.allocate(Integer.BYTES).putInt(number ^ Integer.MIN_VALUE));
    }

    /** Adds a number; -0.0 comes before 0.0 and NaN last. */
    public KeyBuilder add(double number) {
        long bits = Double.doubleToLongBits(number);
        return write(ByteBuffer.allocate(Double.BYTES).putLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE));
    }

    /** Adds a truth value; false comes first. */
    public KeyBuilder add(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    /** Adds a text. */
    public KeyBuilder add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds bytes, in unsigned order. */
    public KeyBuilder add(byte[] bytes) {
        for (byte value : bytes) {
            out.write(value);
            if (value == 0) {
                out.write(ESCAPED_ZERO);
            }
        }
        out.write(0);
        out.write(END);
        return this;
    }

    /** Adds a UUID, in the order of its hexadecimal form. */
    public KeyBuilder add(UUID id) {
        ByteBuffer part = ByteBuffer.allocate(2 * Long.BYTES).putLong(id.getMostSignificantBits());
        return write(part.putLong(id.getLeastSignificantBits()));
    }

    /** Adds a moment. */
    public KeyBuilder add(Instant time) {
        return add(time.getEpochSecond()).add(time.getNano());
    }

    private KeyBuilder write(ByteBuffer part) {
        out.write(part.array(), 0, part.position());
        return this;
    }

    /** The key; the builder may go on. */
    public byte[] toKey() {
        return out.toByteArray();
    }
}
