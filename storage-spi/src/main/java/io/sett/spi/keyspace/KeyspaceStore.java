// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.keyspace;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Backups;
import io.sett.api.kv.BulkLoad;
import io.sett.api.kv.BulkLoadOptions;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Maintenance;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.WriteOptions;
import io.sett.spi.kv.KVArguments;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Gives an ordered store keyspaces: {@link #over} shows its default keyspace, which behaves as the store did, and has
 * the capability KEYSPACES. The store must delete ranges, also in transactions. Any thread, as the store below.
 *
 * <p>Cost: a comparison for each key of the default keyspace; a copy of the key and 3 to 6 bytes for each key of a
 * named one. Keys may be {@value #ROOM} bytes shorter than those of the store below, so an engine adds that much to its
 * limit.
 */
public final class KeyspaceStore extends KeyspaceReader implements KVStore {

    /** Bytes that keys of the store below must be allowed to have more. */
    public static final int ROOM = KeyMapping.ROOM;

    private final KVStore stored;
    private final KeyspaceCatalog catalog;
    private final KVArguments arguments;
    private final Maintenance maintenance;

    private KeyspaceStore(KVStore stored, KeyspaceCatalog catalog, KVArguments arguments, Keyspace keyspace) {
        super(stored, keyspace);
        this.stored = stored;
        this.catalog = catalog;
        this.arguments = arguments;
        this.maintenance = new KeyspaceMaintenance(stored.maintenance(), keyspace);
    }

    /** The default keyspace of a store, which closes the store with itself. */
    public static KVStore over(KVStore store) {
        Set<Capability> capabilities = EnumSet.copyOf(store.capabilities());
        capabilities.add(Capability.KEYSPACES);
        Limits below = store.limits();
        Limits limits = new Limits(Math.max(1, below.maxKeyBytes() - ROOM), below.maxValueBytes(),
                below.maxTransactionBytes(), below.maxTransactionOperations(), below.snapshotAge());
        KVArguments arguments = new KVArguments(store.name(), store.engine(), limits, capabilities);
        return new KeyspaceStore(store, new KeyspaceCatalog(store), arguments,
                new Keyspace(store.name(), DEFAULT_KEYSPACE, KeyMapping.DEFAULT));
    }

    // --- keyspaces ---

    KeyspaceStore view(String name) {
        if (name.equals(keyspace().name()) && !keyspace().isDropped()) {
            return this;
        }
        Keyspace other = name.isEmpty() ? new Keyspace(stored.name(), DEFAULT_KEYSPACE, KeyMapping.DEFAULT)
                : catalog.open(name);
        return new KeyspaceStore(stored, catalog, arguments, other);
    }

    @Override
    public KVStore keyspace(String name) {
        return view(name);
    }

    @Override
    public List<String> keyspaces() {
        return catalog.names();
    }

    @Override
    public boolean dropKeyspace(String name) {
        if (name.isEmpty()) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "store '" + stored.name()
                    + "': the default keyspace cannot be dropped; delete the range of all its keys",
                    Map.of("store", stored.name()));
        }
        return catalog.drop(name);
    }

    // --- writing ---

    void checkWrittenKey(byte[] key) {
        arguments.checkWrittenKey(key);
    }

    void checkEntry(byte[] key, byte[] value) {
        arguments.checkEntry(key, value);
    }

    @Override
    public void put(byte[] key, byte[] value, PutOptions options, WriteOptions write) {
        checkEntry(key, value);
        stored.put(stored(key), value, options, write);
    }

    @Override
    public void delete(byte[] key, WriteOptions write) {
        checkWrittenKey(key);
        stored.delete(stored(key), write);
    }

    @Override
    public void deleteRange(KeyRange range, WriteOptions write) {
        stored.deleteRange(range.isEmpty() ? range : stored(range), write);
    }

    @Override
    public boolean compareAndSet(byte[] key, byte[] expected, byte[] replacement) {
        checkEntry(key, replacement);
        return stored.compareAndSet(stored(key), expected, replacement);
    }

    @Override
    public Optional<byte[]> putIfAbsent(byte[] key, byte[] value) {
        checkEntry(key, value);
        return stored.putIfAbsent(stored(key), value);
    }

    @Override
    public Optional<byte[]> getAndSet(byte[] key, byte[] value) {
        checkEntry(key, value);
        return stored.getAndSet(stored(key), value);
    }

    @Override
    public long increment(byte[] key, long delta) {
        checkWrittenKey(key);
        return stored.increment(stored(key), delta);
    }

    @Override
    public Optional<byte[]> merge(byte[] key, UnaryOperator<Optional<byte[]>> merge) {
        checkWrittenKey(key);
        return stored.merge(stored(key), merge);
    }

    @Override
    public KVBatch batchBegin() {
        return new KeyspaceBatch(stored.batchBegin(), this);
    }

    @Override
    public BulkLoad bulkLoad(BulkLoadOptions options) {
        arguments.require(Capability.BULK_LOAD, "load entries in bulk");
        return new KeyspaceBulkLoad(stored.bulkLoad(options), this);
    }

    @Override
    public Transaction transaction(TransactionOptions options) {
        return new KeyspaceTransaction(stored.transaction(options), this);
    }

    @Override
    public Snapshot snapshot() {
        return new KeyspaceSnapshot(stored.snapshot(), this);
    }

    // --- about ---

    @Override
    public String name() {
        return keyspace().isDefault() ? stored.name() : stored.name() + "/" + keyspace().name();
    }

    @Override
    public String engine() {
        return stored.engine();
    }

    @Override
    public StoreKind kind() {
        return stored.kind();
    }

    @Override
    public Set<Capability> capabilities() {
        return arguments.capabilities();
    }

    @Override
    public Limits limits() {
        return arguments.limits();
    }

    @Override
    public Health health() {
        return stored.health();
    }

    @Override
    public Metrics metrics() {
        return stored.metrics();
    }

    @Override
    public long size() {
        return stored.size();
    }

    @Override
    public long estimateCount(KeyRange range) {
        return stored.estimateCount(stored(range));
    }

    @Override
    public long version() {
        return stored.version();
    }

    @Override
    public Maintenance maintenance() {
        return maintenance;
    }

    @Override
    public Backups backups() {
        return stored.backups();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.isInstance(this) ? type.cast(this) : stored.unwrap(type);
    }

    @Override
    public boolean isOpen() {
        return stored.isOpen() && !keyspace().isDropped();
    }

    /** The default keyspace closes the store; a named one lives as long as the store does. */
    @Override
    public void close() {
        if (keyspace().isDefault()) {
            stored.close();
        }
    }

    @Override
    public String toString() {
        return stored.toString() + (keyspace().isDefault() ? "" : " keyspace '" + keyspace().name() + "'");
    }
}
