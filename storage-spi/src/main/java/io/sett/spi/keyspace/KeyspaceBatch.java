// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.keyspace;

import io.sett.api.common.KeyRange;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.WriteOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A batch seen through one keyspace; {@link #in} shows it through another one. */
final class KeyspaceBatch implements KVBatch {

    private final KVBatch stored;
    private final KeyspaceStore store;
    private final Map<String, KeyspaceBatch> views;

    KeyspaceBatch(KVBatch stored, KeyspaceStore store) {
        this(stored, store, new HashMap<>(2));
    }

    private KeyspaceBatch(KVBatch stored, KeyspaceStore store, Map<String, KeyspaceBatch> views) {
        this.stored = stored;
        this.store = store;
        this.views = views;
        views.put(store.keyspace().name(), this);
    }

    @Override
    public KVBatch in(String keyspace) {
        KeyspaceBatch known = views.get(keyspace);
        return known != null && !known.store.keyspace().isDropped() ? known
                : new KeyspaceBatch(stored, store.view(keyspace), views);
    }

    @Override
    public void put(byte[] key, byte[] value, PutOptions options) {
        store.checkEntry(key, value);
        stored.put(store.stored(key), value, options);
    }

    @Override
    public void delete(byte[] key) {
        store.checkWrittenKey(key);
        stored.delete(store.stored(key));
    }

    @Override
    public void deleteRange(KeyRange range) {
        if (!range.isEmpty()) {
            stored.deleteRange(store.stored(range));
        }
    }

    @Override
    public int size() {
        return stored.size();
    }

    @Override
    public long byteSize() {
        return stored.byteSize();
    }

    private void check() {
        views.values().forEach(view -> view.store.keyspace().check());
    }

    @Override
    public long write(WriteOptions options) {
        check();
        return stored.write(options);
    }

    @Override
    public CompletionStage<Long> writeAsync(WriteOptions options) {
        check();
        return stored.writeAsync(options);
    }

    @Override
    public void reset() {
        stored.reset();
        views.clear();
        views.put(store.keyspace().name(), this);
    }

    @Override
    public void close() {
        stored.close();
    }
}
