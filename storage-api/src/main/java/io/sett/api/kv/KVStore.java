// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Store;
import java.util.List;
import java.util.Optional;

/**
 * An ordered, transactional key-value store. Safe for use by many threads.
 *
 * <pre>{@code
 * store.put("greeting".getBytes(UTF_8), "hello".getBytes(UTF_8));
 * Optional<byte[]> value = store.get("greeting".getBytes(UTF_8));
 *
 * store.execute(transaction -> {            // repeated on conflicts
 *     byte[] from = transaction.getOrThrow(alice);
 *     transaction.put(alice, minus(from, 10));
 *     transaction.compute(bob, balance -> Optional.of(plus(balance, 10)));
 * });
 *
 * try (Cursor cursor = store.iterate(prefix)) {
 *     while (cursor.next()) {
 *         use(cursor.key(), cursor.value());
 *     }
 * }
 * }</pre>
 *
 * <p>A single write is a transaction of its own: atomic, and durable as the store is configured before it returns.
 * Errors of every call: {@link io.sett.api.error.ClosedException} after close,
 * {@link io.sett.api.error.StorageUnavailableException} and {@link io.sett.api.error.OutOfSpaceException} when the
 * disk fails or is full, {@link io.sett.api.error.CorruptionException} when stored data is damaged,
 * {@link io.sett.api.error.DeadlineExceededException} and {@link io.sett.api.error.CancelledException}.
 */
public interface KVStore
        extends Store, KVReader, KVWriter, KVBatching, Transactional, KVAtomics, KVKeyspaces, Maintainable,
        Backupable {

    /** {@link #put(byte[], byte[], PutOptions)} with its own durability and timeout. */
    void put(byte[] key, byte[] value, PutOptions options, WriteOptions write);

    /** {@link #delete(byte[])} with its own durability and timeout. */
    void delete(byte[] key, WriteOptions write);

    /** Removes every key of a range in one atomic step (needs RANGE_DELETE). */
    void deleteRange(KeyRange range, WriteOptions write);

    @Override
    default void deleteRange(KeyRange range) {
        deleteRange(range, WriteOptions.defaults());
    }

    @Override
    default void put(byte[] key, byte[] value, PutOptions options) {
        put(key, value, options, WriteOptions.defaults());
    }

    @Override
    default void delete(byte[] key) {
        delete(key, WriteOptions.defaults());
    }

    /** All of one moment where the engine has SNAPSHOTS. */
    @Override
    default List<Optional<byte[]>> getMany(List<byte[]> keys, ReadOptions options) {
        if (!supports(Capability.SNAPSHOTS)) {
            return KVReader.super.getMany(keys, options);
        }
        try (Snapshot snapshot = snapshot()) {
            return snapshot.getMany(keys, options);
        }
    }

    @Override
    default KVStore keyspace(String keyspace) {
        throw Lacking.keyspaces("store '" + name() + "' of engine '" + engine() + "'");
    }

    @Override
    default List<String> keyspaces() {
        throw Lacking.keyspaces("store '" + name() + "' of engine '" + engine() + "'");
    }

    @Override
    default boolean dropKeyspace(String keyspace) {
        throw Lacking.keyspaces("store '" + name() + "' of engine '" + engine() + "'");
    }

    /**
     * Begins to load many entries past the log, straight into the store (needs BULK_LOAD); to be closed.
     *
     * @see BulkLoad
     */
    default BulkLoad bulkLoad(BulkLoadOptions options) {
        throw Lacking.bulkLoad("store '" + name() + "' of engine '" + engine() + "'");
    }

    /** Bytes it occupies, on disk where it is persistent. Cheap. */
    long size();

    /** About how many keys lie in the range; cheap, and exact only by accident. */
    default long estimateCount(KeyRange range) {
        return count(range);
    }

    /** The version of the newest commit that is visible. */
    long version();
}
