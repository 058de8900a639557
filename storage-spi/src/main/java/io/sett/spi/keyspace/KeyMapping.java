// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.keyspace;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import java.util.Arrays;

/** How the keys of one keyspace are stored, see the package page. Immutable. */
abstract class KeyMapping {

    /** Bytes that a stored key may be longer than the key. */
    static final int ROOM = 8;

    private static final byte HIGH = (byte) 0xff;
    private static final byte ESCAPED = 0;
    private static final byte NAMED = 1;
    private static final byte NAMES = 2;
    private static final byte LAST_ID = 3;
    private static final int SHORT_IDS = 128;

    /** That of the default keyspace. */
    static final KeyMapping DEFAULT = new KeyMapping() {

        @Override
        byte[] stored(byte[] key) {
            if (key.length == 0 || key[0] != HIGH) {
                return key;
            }
            byte[] escaped = new byte[key.length + 1];
            escaped[0] = HIGH;
            escaped[1] = ESCAPED;
            System.arraycopy(key, 1, escaped, 2, key.length - 1);
            return escaped;
        }

        @Override
        KeyRange stored(KeyRange range) {
            byte[] end = range.end().map(this::stored).orElseGet(() -> new byte[] {HIGH, NAMED});
            return KeyRange.of(range.start().map(this::stored).orElseGet(() -> new byte[0]), end);
        }

        @Override
        Slice original(Slice stored) {
            return stored.get(0) == HIGH ? Slice.of(original(stored.toByteArray())) : stored;
        }

        @Override
        byte[] original(byte[] stored) {
            if (stored[0] != HIGH) {
                return stored;
            }
            byte[] key = Arrays.copyOfRange(stored, 1, stored.length);
            key[0] = HIGH;
            return key;
        }
    };

    private KeyMapping() {
    }

    /** That of a named keyspace. */
    static KeyMapping named(int id) {
        return new Named(prefix(id));
    }

    private static byte[] prefix(int id) {
        if (id < SHORT_IDS) {
            return new byte[] {HIGH, NAMED, (byte) id};
        }
        return new byte[] {HIGH, NAMED, (byte) (id >>> 24 | 0x80), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id};
    }

    /** The number of the named keyspace in which a stored key lies; only for keys of {@link #allNamed}. */
    static int id(byte[] stored) {
        return stored[2] >= 0 ? stored[2]
                : (stored[2] & 0x7f) << 24 | (stored[3] & 0xff) << 16 | (stored[4] & 0xff) << 8 | stored[5] & 0xff;
    }

    /** Where all named keyspaces lie. */
    static KeyRange allNamed() {
        return KeyRange.prefix(new byte[] {HIGH, NAMED});
    }

    /** Where the numbers of the names are kept. */
    static KeyRange allNames() {
        return KeyRange.prefix(new byte[] {HIGH, NAMES});
    }

    /** Where the number of a name is kept. */
    static byte[] nameKey(byte[] name) {
        byte[] key = new byte[2 + name.length];
        key[0] = HIGH;
        key[1] = NAMES;
        System.arraycopy(name, 0, key, 2, name.length);
        return key;
    }

    /** The name in such a key. */
    static byte[] name(byte[] nameKey) {
        return Arrays.copyOfRange(nameKey, 2, nameKey.length);
    }

    /** Where the highest number is kept. */
    static byte[] lastIdKey() {
        return new byte[] {HIGH, LAST_ID};
    }

    /** As it is stored. */
    abstract byte[] stored(byte[] key);

    /** Where the keys of the range are stored. */
    abstract KeyRange stored(KeyRange range);

    /** The key as its user knows it, valid as long as what is given or longer. */
    abstract Slice original(Slice stored);

    /** The key as its user knows it; may be the same array. */
    abstract byte[] original(byte[] stored);

    private static final class Named extends KeyMapping {

        private final byte[] prefix;
        private final byte[] end;

        private Named(byte[] prefix) {
            this.prefix = prefix;
            this.end = KeyRange.prefix(prefix).end().orElseThrow();
        }

        @Override
        byte[] stored(byte[] key) {
            byte[] stored = Arrays.copyOf(prefix, prefix.length + key.length);
            System.arraycopy(key, 0, stored, prefix.length, key.length);
            return stored;
        }

        @Override
        KeyRange stored(KeyRange range) {
            byte[] first = range.start().map(this::stored).orElse(prefix);
            return KeyRange.of(first, range.end().map(this::stored).orElse(end));
        }

        @Override
        Slice original(Slice stored) {
            return stored.slice(prefix.length, stored.length() - prefix.length);
        }

        @Override
        byte[] original(byte[] stored) {
            return Arrays.copyOfRange(stored, prefix.length, stored.length);
        }
    }
}
