// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.keyspace;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVEntry;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads one keyspace through a reader of stored keys. */
abstract class KeyspaceReader implements KVReader {

    private final KVReader stored;
    private final Keyspace keyspace;

    KeyspaceReader(KVReader stored, Keyspace keyspace) {
        this.stored = stored;
        this.keyspace = keyspace;
    }

    final Keyspace keyspace() {
        return keyspace;
    }

    /** The key as it is stored. */
    final byte[] stored(byte[] key) {
        if (!keyspace.isDefault()) {
            keyspace.check();
            if (key.length == 0) {
                throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "keyspace '" + keyspace.name()
                        + "': a key must have at least one byte, got an empty one");
            }
        }
        return keyspace.mapping().stored(key);
    }

    /** The range as it is stored. */
    final KeyRange stored(KeyRange range) {
        keyspace.check();
        return keyspace.mapping().stored(range);
    }

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        return stored.get(stored(key), options);
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        return stored.has(stored(key), options);
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options) {
        return stored.read(stored(key), reader, options);
    }

    @Override
    public List<Optional<byte[]>> getMany(List<byte[]> keys, ReadOptions options) {
        List<byte[]> storedKeys = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            storedKeys.add(stored(key));
        }
        return stored.getMany(storedKeys, options);
    }

    @Override
    public Optional<KVEntry> entry(byte[] key) {
        return stored.entry(stored(key)).map(entry -> new KVEntry(key.clone(), entry.value(), entry.version(),
                entry.expiry(), entry.metadata(), entry.deletion()));
    }

    @Override
    public long count(KeyRange range) {
        return stored.count(stored(range));
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        return new KeyspaceCursor(stored.cursor(options.withRange(stored(options.range()))), keyspace.mapping());
    }
}
