// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Short ways between texts, numbers and byte arrays, for tests. */
public final class Bytes {

    private Bytes() {
    }

    /** The text in UTF-8. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes given as numbers from 0 to 255. */
    public static byte[] raw(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** A number as 8 bytes, big-endian. */
    public static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    /** The number in 8 bytes, big-endian. */
    public static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    /** The text of UTF-8 bytes. */
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The text of UTF-8 bytes, if there are any. */
    public static Optional<String> text(Optional<byte[]> bytes) {
        return bytes.map(Bytes::text);
    }

    /** The bytes in hexadecimal digits. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Bytes of a length that look random and are the same for the same seed. */
    public static byte[] pattern(int length, long seed) {
        byte[] bytes = new byte[length];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }
}
