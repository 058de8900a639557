// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

import io.sett.api.common.Capability;
import io.sett.api.common.KeyRange;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.WriteOptions;
import java.util.Arrays;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes that wait. */
final class ReferenceBatch implements KVBatch {

    private final ReferenceStore store;
    private final TreeMap<byte[], Version> writes = new TreeMap<>(Arrays::compareUnsigned);
    private final List<KeyRange> ranges = new ArrayList<>();
    private boolean closed;

    ReferenceBatch(ReferenceStore store) {
        this.store = store;
    }

    private void check() {
        store.checkOpen();
        if (closed) {
            throw new ClosedException(ErrorCode.SCOPE_ENDED, "this batch of store '" + store.name() + "' is closed");
        }
    }

    @Override
    public void put(byte[] key, byte[] value, PutOptions options) {
        check();
        if (store.accepts(key, value)) {
            add(store.version(key, value, options));
        }
    }

    @Override
    public void delete(byte[] key) {
        check();
        store.checkKey(key);
        add(store.deletion(key));
    }

    @Override
    public void deleteRange(KeyRange range) {
        check();
        store.require(Capability.RANGE_DELETE, true);
        writes.keySet().removeIf(range::contains);
        if (!range.isEmpty()) {
            ranges.add(range);
        }
    }

    private void add(Version version) {
        limit(store, writes, version);
        writes.put(version.key(), version);
    }

    static void limit(ReferenceStore store, TreeMap<byte[], Version> writes, Version added) {
        long bytes = bytes(writes) + added.key().length + added.value().length;
        if (writes.size() >= store.limits().maxTransactionOperations() && !writes.containsKey(added.key())
                || bytes > store.limits().maxTransactionBytes()) {
            throw new LimitExceededException(ErrorCode.TXN_TOO_BIG, "store '" + store.name() + "': " + writes.size()
                    + " writes of " + bytes + " bytes; limits are " + store.limits().maxTransactionOperations()
                    + " and " + store.limits().maxTransactionBytes());
        }
    }

    static long bytes(TreeMap<byte[], Version> writes) {
        return writes.values().stream().mapToLong(version -> version.key().length + version.value().length).sum();
    }

    @Override
    public int size() {
        return writes.size() + ranges.size();
    }

    @Override
    public long byteSize() {
        return bytes(writes);
    }

    @Override
    public long write(WriteOptions options) {
        check();
        store.checkWrite(options);
        if (writes.isEmpty() && ranges.isEmpty()) {
            return 0;
        }
        long version = store.writeNow("write", store.withDeletions(ranges, writes), options);
        reset();
        return version;
    }

    @Override
    public CompletionStage<Long> writeAsync(WriteOptions options) {
        return CompletableFuture.completedStage(write(options));
    }

    @Override
    public void reset() {
        check();
        writes.clear();
        ranges.clear();
    }

    @Override
    public void close() {
        closed = true;
        writes.clear();
        ranges.clear();
    }
}
