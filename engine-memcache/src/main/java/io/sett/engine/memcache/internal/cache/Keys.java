// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.hash.KeyHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Keys as text and as bytes. Stateless. */
final class Keys {

    private final String store;
    private final KeyHash hash;

    Keys(String store, KeyHash hash) {
        this.store = store;
        this.hash = hash;
    }

    /** Writes the UTF-8 form of a key into the session, without garbage as long as it fits. */
    void encode(String key, Session session) {
        int chars = key.length();
        byte[] bytes = session.key();
        if (bytes.length < chars) {
            bytes = new byte[Math.min(chars, EntryLayout.MAX_KEY + 1) * 2];
        }
        int i = 0;
        int most = Math.min(chars, bytes.length);
        for (; i < most; i++) {
            char c = key.charAt(i);
            if (c >= 0x80) {
                break;
            }
            bytes[i] = (byte) c;
        }
        int length = i;
        if (i < chars || chars == 0) {
            bytes = encodeSlowly(key);
            length = bytes.length;
        }
        if (length > EntryLayout.MAX_KEY) {
            throw tooLong(key, length);
        }
        session.use(bytes, length, hash.hash(bytes, length));
    }

    private byte[] encodeSlowly(String key) {
        if (key.isEmpty()) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "a key of cache '" + store
                    + "' must have at least one character");
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < key.length() && Character.isLowSurrogate(key.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "a key of cache '" + store
                        + "' has an unpaired surrogate at index " + i + "; it is not Unicode text", Map.of("index", i));
            }
        }
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private LimitExceededException tooLong(String key, int length) {
        return new LimitExceededException(ErrorCode.ENTRY_TOO_LARGE, "the key '" + key.substring(0, 32) + "…' of "
                + "cache '" + store + "' has " + length + " bytes; the limit is " + EntryLayout.MAX_KEY,
                Map.of("bytes", length, "limit", EntryLayout.MAX_KEY));
    }

    /** The key at hand, as an array of its own. */
    static byte[] copy(Session session) {
        return Arrays.copyOf(session.key(), session.keyLength());
    }

    /** The text of a key. */
    static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }
}
