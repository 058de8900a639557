// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.keyspace;

import io.sett.api.kv.BulkLoad;
import io.sett.api.kv.PutOptions;

/** A bulk load into one keyspace. */
final class KeyspaceBulkLoad implements BulkLoad {

    private final BulkLoad stored;
    private final KeyspaceStore store;

    KeyspaceBulkLoad(BulkLoad stored, KeyspaceStore store) {
        this.stored = stored;
        this.store = store;
    }

    @Override
    public void put(byte[] key, byte[] value, PutOptions options) {
        store.checkEntry(key, value);
        stored.put(store.stored(key), value, options);
    }

    @Override
    public long entries() {
        return stored.entries();
    }

    @Override
    public long bytes() {
        return stored.bytes();
    }

    @Override
    public long commit() {
        store.keyspace().check();
        return stored.commit();
    }

    @Override
    public void close() {
        stored.close();
    }
}
