// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.keyspace;

import io.sett.api.common.KeyRange;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.TransactionSize;
import io.sett.api.kv.WriteOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A transaction seen through one keyspace; {@link #in} shows it through another one. */
final class KeyspaceTransaction extends KeyspaceReader implements Transaction {

    private final Transaction stored;
    private final KeyspaceStore store;
    private final Map<String, KeyspaceTransaction> views;

    KeyspaceTransaction(Transaction stored, KeyspaceStore store) {
        this(stored, store, new HashMap<>(2));
    }

    private KeyspaceTransaction(Transaction stored, KeyspaceStore store, Map<String, KeyspaceTransaction> views) {
        super(stored, store.keyspace());
        this.stored = stored;
        this.store = store;
        this.views = views;
        views.put(store.keyspace().name(), this);
    }

    @Override
    public Transaction in(String keyspace) {
        KeyspaceTransaction known = views.get(keyspace);
        return known != null ? known : new KeyspaceTransaction(stored, store.view(keyspace), views);
    }

    @Override
    public void put(byte[] key, byte[] value, PutOptions options) {
        store.checkEntry(key, value);
        stored.put(stored(key), value, options);
    }

    @Override
    public void delete(byte[] key) {
        store.checkWrittenKey(key);
        stored.delete(stored(key));
    }

    @Override
    public void deleteRange(KeyRange range) {
        stored.deleteRange(range.isEmpty() ? range : stored(range));
    }

    @Override
    public Optional<byte[]> getForUpdate(byte[] key) {
        return stored.getForUpdate(stored(key));
    }

    @Override
    public long id() {
        return stored.id();
    }

    @Override
    public long readVersion() {
        return stored.readVersion();
    }

    @Override
    public TransactionOptions options() {
        return stored.options();
    }

    @Override
    public boolean isActive() {
        return stored.isActive();
    }

    @Override
    public TransactionSize size() {
        return stored.size();
    }

    private void check() {
        views.values().forEach(view -> view.keyspace().check());
    }

    @Override
    public long commit(WriteOptions options) {
        check();
        return stored.commit(options);
    }

    @Override
    public CompletionStage<Long> commitAsync(WriteOptions options) {
        check();
        return stored.commitAsync(options);
    }

    @Override
    public void rollback() {
        stored.rollback();
    }

    @Override
    public void close() {
        stored.close();
    }
}
