// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.util.Arrays;
import java.util.HexFormat;

/** Immutable bytes with value equality: a script, or one item of a witness. */
public final class ByteString {
    /** No bytes. */
    public static final ByteString EMPTY = new ByteString(new byte[0]);

    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies {@code length} bytes from {@code from}. */
    public static ByteString copyOf(byte[] source, int from, int length) {
        return length == 0 ? EMPTY : new ByteString(Arrays.copyOfRange(source, from, from + length));
    }

    /** Copies all of {@code source}. */
    public static ByteString copyOf(byte... source) {
        return copyOf(source, 0, source.length);
    }

    /** Number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** The byte at {@code index}, 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /** A copy of the bytes, which belongs to the caller. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Whether these bytes begin with {@code prefix}. */
    public boolean startsWith(ByteString prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The bytes in hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
