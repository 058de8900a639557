// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.keyspace;

import io.sett.api.kv.Snapshot;

/** A snapshot seen through one keyspace. */
final class KeyspaceSnapshot extends KeyspaceReader implements Snapshot {

    private final Snapshot stored;
    private final KeyspaceStore store;

    KeyspaceSnapshot(Snapshot stored, KeyspaceStore store) {
        super(stored, store.keyspace());
        this.stored = stored;
        this.store = store;
    }

    @Override
    public Snapshot in(String keyspace) {
        return new KeyspaceSnapshot(stored, store.view(keyspace));
    }

    @Override
    public long version() {
        return stored.version();
    }

    @Override
    public void close() {
        stored.close();
    }
}
