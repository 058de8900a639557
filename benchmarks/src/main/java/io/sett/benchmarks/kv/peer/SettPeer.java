// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv.peer;

import io.sett.api.common.Capability;
import io.sett.api.common.Slice;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Transaction;
import io.sett.api.common.KeyRange;
import io.sett.api.kv.CursorOptions;
import io.sett.spi.Engines;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The LSM engine of this library. */
final class SettPeer implements Peer {

    private final KVStore store;

    SettPeer(Path directory, boolean sync, long threshold, boolean compresses) {
        store = Engines.open(KVStore.class, "badger", Map.of("path", directory.toString(), "sync_writes", sync,
                "mem_table_size", WRITE_BUFFER_BYTES, "block_cache_size", CACHE_BYTES, "value_threshold",
                threshold, "compress_values", compresses));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        store.put(key, value);
    }

    @Override
    public int view(byte[] key) {
        return store.read(key, Slice::length).orElse(-1);
    }

    @Override
    public byte[] value(byte[] key) {
        return store.get(key).orElse(null);
    }

    @Override
    public void delete(byte[] key) {
        store.delete(key);
    }

    @Override
    public void batch(List<byte[]> keys, List<byte[]> values) {
        try (KVBatch batch = store.batchBegin()) {
            for (int i = 0; i < keys.size(); i++) {
                batch.put(keys.get(i), values.get(i));
            }
            batch.write();
        }
    }

    @Override
    public long scan(byte[] from, int count) {
        long sum = 0;
        try (Cursor cursor = store.cursor(CursorOptions.of(KeyRange.atLeast(from)))) {
            boolean more = cursor.first();
            for (int i = 0; more && i < count; i++) {
                sum += cursor.keySlice().length() + cursor.valueSlice().length();
                more = cursor.next();
            }
        }
        return sum;
    }

    @Override
    public int increment(byte[] key) {
        int[] attempts = {0};
        store.update(transaction -> bump(transaction, key, attempts));
        return attempts[0] - 1;
    }

    private static boolean bump(Transaction transaction, byte[] key, int[] attempts) {
        attempts[0]++;
        long value = transaction.get(key).map(bytes -> ByteBuffer.wrap(bytes).getLong()).orElse(0L);
        transaction.put(key, ByteBuffer.allocate(Long.BYTES).putLong(value + 1).array());
        return true;
    }

    @Override
    public void settle() {
        store.maintenance().flush();
        store.maintenance().compact();
    }

    @Override
    public void reclaim() {
        settle();
        if (store.capabilities().contains(Capability.GARBAGE_COLLECTION)) {
            store.maintenance().garbageCollect();
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
