// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * Values as bytes: one byte that tells the type, then the value. Strings (UTF-8), longs, integers (big-endian),
 * booleans and byte arrays have short forms; everything else is serialized. Any thread.
 */
final class Values {

    private static final byte SERIALIZED = 0;
    private static final byte STRING = 1;
    private static final byte LONG = 2;
    private static final byte INTEGER = 3;
    private static final byte BOOLEAN = 4;
    private static final byte BYTES = 5;

    private final ClassLoader loader;

    Values(ClassLoader loader) {
        this.loader = loader;
    }

    byte[] encode(Object value) {
        if (value instanceof String text && isWellFormed(text)) {
            return tagged(STRING, text.getBytes(UTF_8));
        }
        if (value instanceof Long number) {
            return ByteBuffer.allocate(9).put(LONG).putLong(number).array();
        }
        if (value instanceof Integer number) {
            return ByteBuffer.allocate(5).put(INTEGER).putInt(number).array();
        }
        if (value instanceof Boolean flag) {
            return new byte[] {BOOLEAN, (byte) (flag ? 1 : 0)};
        }
        if (value instanceof byte[] bytes) {
            return tagged(BYTES, bytes);
        }
        return tagged(SERIALIZED, Serial.write(value));
    }

    Object decode(byte[] bytes) {
        ByteBuffer content = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        return switch (bytes[0]) {
            case STRING -> new String(bytes, 1, bytes.length - 1, UTF_8);
            case LONG -> content.getLong();
            case INTEGER -> content.getInt();
            case BOOLEAN -> bytes[1] != 0;
            case BYTES -> java.util.Arrays.copyOfRange(bytes, 1, bytes.length);
            default -> Serial.read(bytes, 1, loader);
        };
    }

    /** Whether UTF-8 keeps the string as it is: it has no half of a surrogate pair. */
    static boolean isWellFormed(String text) {
        return UTF_8.newEncoder().canEncode(text);
    }

    private static byte[] tagged(byte type, byte[] content) {
        byte[] bytes = new byte[content.length + 1];
        bytes[0] = type;
        System.arraycopy(content, 0, bytes, 1, content.length);
        return bytes;
    }
}
