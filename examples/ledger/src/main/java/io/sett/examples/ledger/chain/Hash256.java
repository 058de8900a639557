// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A double SHA-256 as Bitcoin uses it for blocks and transactions. Immutable.
 *
 * <p>Two byte orders exist: the order in which the bytes are stored and hashed, and its reverse, in which people see
 * hashes.
 * {@link #toString} and {@link #parse} use the second, everything else the first.
 */
public final class Hash256 {
    /** Length in bytes. */
    public static final int BYTES = 32;

    /** All zero: the parent of the genesis block, and the transaction which a coinbase claims to spend. */
    public static final Hash256 ZERO = new Hash256(new byte[BYTES]);

    private final byte[] bytes;

    private Hash256(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies 32 bytes, in stored order, from {@code from}. */
    public static Hash256 copyOf(byte[] source, int from) {
        return new Hash256(Arrays.copyOfRange(source, from, from + BYTES));
    }

    /**
     * Reads 64 hexadecimal digits in the order in which people see hashes.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Hash256 parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a hash has 64 hexadecimal digits, not " + hex.length());
        }
        return new Hash256(reversed(HexFormat.of().parseHex(hex)));
    }

    /** A copy of the bytes in stored order, which belongs to the caller. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Copies the bytes in stored order to {@code target}. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, BYTES);
    }

    /** Copies 32 bytes in the order in which people see hashes, that is, most significant first. */
    public static Hash256 ofDisplayed(byte[] source, int from) {
        return new Hash256(reversed(Arrays.copyOfRange(source, from, from + BYTES)));
    }

    /** A copy of the bytes in the order in which people see hashes; it belongs to the caller. */
    public byte[] toDisplayed() {
        return reversed(bytes);
    }

    /** The hash as the number that proof of work compares: bytes in stored order, least significant first. */
    public BigInteger toNumber() {
        return new BigInteger(1, reversed(bytes));
    }

    private static byte[] reversed(byte[] source) {
        byte[] result = new byte[source.length];
        for (int i = 0; i < source.length; i++) {
            result[i] = source[source.length - 1 - i];
        }
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash256 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff) << 16 | bytes[3] << 24;
    }

    /** 64 hexadecimal digits in the order in which people see hashes. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(reversed(bytes));
    }
}
