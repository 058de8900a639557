// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

import io.sett.api.common.Capability;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import io.sett.api.error.ClosedException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageException;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.TransactionSize;
import io.sett.api.kv.WriteOptions;
import io.sett.spi.HandleTracker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a version, keeps its writes, and looks at commit whether what it read or wrote has changed. */
final class ReferenceTransaction implements Transaction {

    private final ReferenceStore store;
    private final TransactionOptions options;
    private final long id;
    private final long readVersion;
    private final long began = System.nanoTime();
    private final TreeMap<byte[], Version> writes = new TreeMap<>(Arrays::compareUnsigned);
    private final TreeMap<byte[], Long> forUpdate = new TreeMap<>(Arrays::compareUnsigned);
    private final List<KeyRange> reads = new ArrayList<>();
    private final List<KeyRange> ranges = new ArrayList<>();
    private final List<Cursor> cursors = new CopyOnWriteArrayList<>();
    private final HandleTracker.@Nullable Handle handle;
    private boolean ended;
    private boolean timedOut;

    ReferenceTransaction(ReferenceStore store, TransactionOptions options, long id, long readVersion) {
        this.store = store;
        this.options = options;
        this.id = id;
        this.readVersion = readVersion;
        this.handle = store.handles.open("transaction " + id, this::end);
    }

    private void check() {
        store.checkOpen();
        if (!ended && options.timeout().isPresent() && ReferenceStore.isOver(began, options.timeout().get())) {
            timedOut = true;
            end();
        }
        if (timedOut) {
            throw new DeadlineExceededException(ErrorCode.TXN_TIMEOUT, "transaction " + id + " of store '"
                    + store.name() + "' was open for longer than " + options.timeout().orElseThrow());
        }
        if (ended) {
            throw new ClosedException(ErrorCode.TXN_DISCARDED, "transaction " + id + " of store '" + store.name()
                    + "' is over; begin another one");
        }
    }

    private void checkWritable() {
        check();
        if (options.readOnly()) {
            throw new InvalidOperationException(ErrorCode.READ_ONLY_TXN, "transaction " + id + " of store '"
                    + store.name() + "' is for reading only");
        }
    }

    private void end() {
        ended = true;
        new ArrayList<>(cursors).forEach(Cursor::close);
        if (handle != null) { // null when the store is closed while the constructor runs
            handle.close();
        }
    }

    private long readsAt() {
        return options.isolation() == Isolation.READ_COMMITTED ? Long.MAX_VALUE : readVersion;
    }

    private Optional<Version> find(byte[] key) {
        check();
        store.checkKey(key);
        Version own = writes.get(key);
        if (own != null) {
            return own.isLive(store.clock) ? Optional.of(own) : Optional.empty();
        }
        if (ranges.stream().anyMatch(range -> range.contains(key))) {
            return Optional.empty();
        }
        reads.add(KeyRange.single(key));
        Optional<Version> found = store.find(key, readsAt());
        if (store.fault == Fault.LOST_UPDATE) {
            Thread.yield(); // gives others the time to be lost
        }
        return found;
    }

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions read) {
        return find(key).map(version -> version.value().clone());
    }

    @Override
    public boolean has(byte[] key, ReadOptions read) {
        return find(key).isPresent();
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions read) {
        return store.lend(find(key), reader);
    }

    @Override
    public Cursor cursor(CursorOptions cursorOptions) {
        check();
        store.checkCursor(cursorOptions);
        if (store.fault != Fault.PHANTOM) {
            reads.add(cursorOptions.range());
        }
        Cursor[] self = new Cursor[1];
        List<Version> own = store.withDeletions(ranges, writes);
        self[0] = new ReferenceCursor(store, cursorOptions.reverse(), store.entries(cursorOptions, readsAt(), own),
                () -> cursors.remove(self[0]));
        cursors.add(self[0]);
        return self[0];
    }

    @Override
    public Optional<byte[]> getForUpdate(byte[] key) {
        checkWritable();
        forUpdate.putIfAbsent(key.clone(),
                options.isolation() == Isolation.READ_COMMITTED ? store.newest() : readVersion);
        return get(key, ReadOptions.defaults());
    }

    @Override
    public void put(byte[] key, byte[] value, PutOptions put) {
        checkWritable();
        if (store.accepts(key, value)) {
            add(store.version(key, value, put));
        }
    }

    @Override
    public void delete(byte[] key) {
        checkWritable();
        store.checkKey(key);
        add(store.deletion(key));
    }

    @Override
    public void deleteRange(KeyRange range) {
        checkWritable();
        store.require(Capability.RANGE_DELETE, true);
        writes.keySet().removeIf(range::contains);
        if (!range.isEmpty()) {
            ranges.add(range);
        }
    }

    private void add(Version version) {
        ReferenceBatch.limit(store, writes, version);
        writes.put(version.key(), version);
        if (store.fault == Fault.DIRTY_READ) {
            store.writeNow("put", List.of(version), WriteOptions.defaults());
        }
    }

    @Override
    public long commit(WriteOptions write) {
        check();
        try {
            store.checkWrite(write);
            store.checkInterrupt("commit");
            store.data.lock.lock();
            try {
                boolean writesNothing = writes.isEmpty() && ranges.isEmpty();
                if (writesNothing && forUpdate.isEmpty()) {
                    return readVersion();
                }
                checkConflicts();
                return writesNothing ? readVersion() : store.write(store.withDeletions(ranges, writes));
            } finally {
                store.data.lock.unlock();
            }
        } finally {
            end();
        }
    }

    private void checkConflicts() {
        for (Map.Entry<byte[], Long> read : forUpdate.entrySet()) {
            // Whoever writes before the commit would conflict with himself, time and again.
            refuse(store.data.changed(read.getKey(), read.getValue()) && store.fault != Fault.LOST_UPDATE
                    && store.fault != Fault.DIRTY_READ);
        }
        if (options.isolation() != Isolation.READ_COMMITTED && store.fault != Fault.LOST_UPDATE
                && store.fault != Fault.DIRTY_READ) {
            refuse(writes.keySet().stream().anyMatch(key -> store.data.changed(key, readVersion)));
            refuse(ranges.stream().anyMatch(range -> store.data.changed(range, readVersion)));
        }
        if (options.isolation() == Isolation.SERIALIZABLE && store.fault != Fault.WRITE_SKEW
                && store.fault != Fault.LOST_UPDATE && store.fault != Fault.DIRTY_READ) {
            refuse(reads.stream().anyMatch(range -> store.data.changed(range, readVersion)));
        }
    }

    private void refuse(boolean conflict) {
        if (conflict) {
            throw new TransactionConflictException(ErrorCode.TXN_CONFLICT, "transaction " + id + " of store '"
                    + store.name() + "' lost against a later commit; repeat it");
        }
    }

    @Override
    public CompletionStage<Long> commitAsync(WriteOptions write) {
        try {
            return CompletableFuture.completedStage(commit(write));
        } catch (StorageException failed) {
            return CompletableFuture.failedStage(failed);
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public long readVersion() {
        return options.isolation() == Isolation.READ_COMMITTED ? store.newest() : readVersion;
    }

    @Override
    public TransactionOptions options() {
        return options;
    }

    @Override
    public boolean isActive() {
        return !ended;
    }

    @Override
    public TransactionSize size() {
        return new TransactionSize(ReferenceBatch.bytes(writes), writes.size(), store.limits().maxTransactionBytes(),
                store.limits().maxTransactionOperations());
    }

    @Override
    public void rollback() {
        end();
    }

    @Override
    public void close() {
        end();
    }
}
