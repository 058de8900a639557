// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Keys as the strings of a {@link io.sett.api.cache.CacheStore}: a letter for the type, a colon, then the key, so that
 * the common types can be read and matched by patterns ({@code s:user/7}, {@code l:42}, {@code i:42}). Any other
 * type is serialized, each byte a character. Equal keys must serialize alike. Any thread.
 */
final class Keys {

    private final ClassLoader loader;

    Keys(ClassLoader loader) {
        this.loader = loader;
    }

    String encode(Object key) {
        if (key instanceof String text && Values.isWellFormed(text)) {
            return "s:" + text;
        }
        if (key instanceof Long number) {
            return "l:" + number;
        }
        if (key instanceof Integer number) {
            return "i:" + number;
        }
        return "o:" + new String(Serial.write(key), ISO_8859_1);
    }

    Object decode(String key) {
        String content = key.substring(2);
        return switch (key.charAt(0)) {
            case 's' -> content;
            case 'l' -> Long.valueOf(content);
            case 'i' -> Integer.valueOf(content);
            default -> Serial.read(content.getBytes(ISO_8859_1), 0, loader);
        };
    }
}
