// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.api.common.KeyRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The keys, see the package description. Immutable. */
final class EntryKeys {

    /** Bytes of a key beside prefix and name. */
    static final int OVERHEAD = 2;

    private final byte[] prefix;

    EntryKeys(byte[] prefix) {
        this.prefix = prefix.clone();
    }

    byte[] header() {
        return start('h', 0).array();
    }

    /** The key of a file or directory; the root has none. */
    byte[] entry(String name) {
        int slash = name.lastIndexOf('/');
        byte[] parent = utf8(slash < 0 ? "" : name.substring(0, slash));
        byte[] last = utf8(name.substring(slash + 1));
        return start('n', parent.length + 1 + last.length).put(parent).put((byte) 0).put(last).array();
    }

    /** What the keys of everything directly in a directory begin with, and with this part of a name behind. */
    byte[] children(String directory, String begin) {
        byte[] parent = utf8(directory);
        byte[] first = utf8(begin);
        return start('n', parent.length + 1 + first.length).put(parent).put((byte) 0).put(first).array();
    }

    /** The last part of the name in the key of an entry of that directory. */
    String lastPart(String directory, byte[] key) {
        int from = children(directory, "").length;
        return new String(key, from, key.length - from, StandardCharsets.UTF_8);
    }

    byte[] chunk(long content, long index) {
        return start('c', 2 * Long.BYTES).putLong(content).putLong(index).array();
    }

    KeyRange chunks(long content) {
        return KeyRange.prefix(start('c', Long.BYTES).putLong(content).array());
    }

    KeyRange allChunks() {
        return KeyRange.prefix(start('c', 0).array());
    }

    byte[] unowned(long content) {
        return start('u', Long.BYTES).putLong(content).array();
    }

    KeyRange allUnowned() {
        return KeyRange.prefix(start('u', 0).array());
    }

    /** The content id in the key of a chunk or of a mark. */
    long content(byte[] key) {
        return ByteBuffer.wrap(key).getLong(prefix.length + 1);
    }

    private ByteBuffer start(char type, int more) {
        return ByteBuffer.allocate(prefix.length + 1 + more).put(prefix).put((byte) type);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
