// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.Slice;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.event.EventType;
import io.sett.api.event.StorageEvent;
import io.sett.api.kv.Backups;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Maintenance;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.WriteOptions;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import io.sett.spi.LatencyRecorder;
import io.sett.spi.keyspace.KeyspaceStore;
import io.sett.spi.kv.BufferedBatch;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.KVArguments;
import io.sett.spi.kv.WriteSet;
import io.sett.spi.log.Loggers;
import io.sett.spi.settings.EngineSettings;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/** The ordered key-value store in memory: wires its parts, opens and closes. */
final class MemoryKVStore implements KVStore {

    private static final Logger LOG = Loggers.of(MemoryKVStore.class);
    private static final String ENGINE = "memory";

    private final EngineContext context;
    private final KVArguments arguments;
    private final VersionedMap map = new VersionedMap();
    private final Retention retention;
    private final MemoryAccount account;
    private final Committer committer;
    private final HandleTracker handles;
    private final MemoryCursors cursors;
    private final ReadCounters reads = new ReadCounters();
    private final LatencyRecorder commitLatency = new LatencyRecorder();
    private final MemoryTransactions transactions;
    private final MemoryMetrics metrics;
    private final KVReader newest;
    private final Maintenance maintenance;
    private final Backups backups;
    private final AtomicBoolean closing = new AtomicBoolean();

    MemoryKVStore(EngineContext context) {
        this.context = context;
        EngineSettings settings = context.settings();
        Limits limits = new Limits(settings.get(MemoryKVSettings.MAX_KEY_SIZE) + KeyspaceStore.ROOM,
                settings.get(MemoryKVSettings.MAX_VALUE_SIZE), settings.get(MemoryKVSettings.MAX_TRANSACTION_SIZE),
                settings.get(MemoryKVSettings.MAX_TRANSACTION_WRITES), null);
        this.arguments = new KVArguments(context.name(), ENGINE, limits, MemoryKVStores.capabilities());
        this.retention = new Retention(map, settings.get(MemoryKVSettings.KEPT_DELETIONS).intValue());
        this.account = new MemoryAccount(settings.get(MemoryKVSettings.MEMORY_LIMIT), context.memory());
        this.committer = new Committer(arguments, context.clock(), map, retention, account);
        this.handles = new HandleTracker(context.handles());
        this.cursors = new MemoryCursors(map, committer, arguments, context.clock(), handles);
        this.transactions = new MemoryTransactions(arguments, context.clock(), handles, committer, this::readerInside,
                settings, context.scheduler());
        this.metrics = new MemoryMetrics(map, retention, committer, transactions, account, reads, commitLatency,
                handles);
        this.newest = reader(VersionReader.NEWEST, cursors::registered);
        this.maintenance = new MemoryMaintenance(arguments, committer, map);
        this.backups = Backups.unsupported(context.name(), ENGINE);
    }

    private VersionReader reader(long version, VersionReader.Cursors cursors) {
        return new VersionReader(map, committer, arguments, context.clock(), reads, version, cursors);
    }

    // --- reading ---

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        return newest.get(key, options);
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        return newest.has(key, options);
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options) {
        return newest.read(key, reader, options);
    }

    @Override
    public List<Optional<byte[]>> getMany(List<byte[]> keys, ReadOptions options) {
        committer.checkOpen();
        long version = committer.beginReading();
        try {
            return reader(version, cursors::registered).getMany(keys, options);
        } finally {
            committer.endReading(version);
        }
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        return newest.cursor(options);
    }

    /** The reader of a transaction. */
    private KVReader readerInside(long version) {
        return reader(version, options -> cursors.inTransaction(version, options));
    }

    @Override
    public Snapshot snapshot() {
        return cursors.snapshot(version -> reader(version, cursors::registered));
    }

    // --- writing ---

    @Override
    public void put(byte[] key, byte[] value, PutOptions options, WriteOptions write) {
        committer.checkOpen();
        arguments.checkPut(options);
        arguments.checkWrite(write);
        WriteSet writes = new WriteSet(arguments);
        writes.put(key, value, arguments.expiryMillis(options, context.clock()), options.metadata());
        commit(CommitRequest.blind(writes, write.durability(), transactions.deadline(write.timeout())));
    }

    @Override
    public void delete(byte[] key, WriteOptions write) {
        committer.checkOpen();
        arguments.checkWrite(write);
        WriteSet writes = new WriteSet(arguments);
        writes.delete(key);
        commit(CommitRequest.blind(writes, write.durability(), transactions.deadline(write.timeout())));
    }

    /** One commit; takes about as long as deleting each of the keys. */
    @Override
    public void deleteRange(KeyRange range, WriteOptions write) {
        committer.checkOpen();
        arguments.checkWrite(write);
        if (!range.isEmpty()) {
            commit(CommitRequest.deleteRange(arguments, range, write.durability(),
                    transactions.deadline(write.timeout())));
        }
    }

    private void commit(CommitRequest request) {
        long begun = System.nanoTime();
        transactions.commit(request);
        commitLatency.record(System.nanoTime() - begun);
    }

    @Override
    public KVBatch batchBegin() {
        committer.checkOpen();
        return new BufferedBatch(transactions);
    }

    @Override
    public Transaction transaction(TransactionOptions options) {
        return transactions.begin(options);
    }

    // --- atomic steps on one key: under the commit lock, so they never conflict ---

    @Override
    public boolean compareAndSet(byte[] key, byte[] expected, byte[] replacement) {
        arguments.checkEntry(key, replacement);
        return committer.change(key, current -> current.filter(value -> Arrays.equals(value, expected)).isPresent()
                ? new Committer.Step<>(true, replacement) : new Committer.Step<>(false, null));
    }

    @Override
    public Optional<byte[]> putIfAbsent(byte[] key, byte[] value) {
        arguments.checkEntry(key, value);
        return committer.change(key, current ->
                new Committer.Step<>(current.map(byte[]::clone), current.isPresent() ? null : value));
    }

    @Override
    public Optional<byte[]> getAndSet(byte[] key, byte[] value) {
        arguments.checkEntry(key, value);
        return committer.change(key, current -> new Committer.Step<>(current.map(byte[]::clone), value));
    }

    @Override
    public long increment(byte[] key, long delta) {
        return committer.change(key, current -> {
            byte[] number = current.orElseGet(() -> new byte[Long.BYTES]);
            if (number.length != Long.BYTES) {
                throw new InvalidOperationException(ErrorCode.VALUE_TYPE_MISMATCH, "store '" + context.name()
                        + "': increment needs a value of 8 bytes under key " + KVArguments.shown(key) + ", found "
                        + number.length + " bytes", Map.of("store", context.name(), "length", number.length));
            }
            long sum = ByteBuffer.wrap(number).getLong() + delta;
            return new Committer.Step<>(sum, ByteBuffer.allocate(Long.BYTES).putLong(sum).array());
        });
    }

    // --- about the store ---

    @Override
    public long size() {
        committer.checkOpen();
        return map.bytes();
    }

    @Override
    public long version() {
        committer.checkOpen();
        return committer.latest();
    }

    @Override
    public Maintenance maintenance() {
        return maintenance;
    }

    @Override
    public Backups backups() {
        return backups;
    }

    @Override
    public String name() {
        return context.name();
    }

    @Override
    public String engine() {
        return ENGINE;
    }

    @Override
    public StoreKind kind() {
        return StoreKind.KEY_VALUE;
    }

    @Override
    public Set<Capability> capabilities() {
        return MemoryKVStores.capabilities();
    }

    @Override
    public Limits limits() {
        return arguments.limits();
    }

    @Override
    public Health health() {
        return committer.isClosed() ? Health.down("closed") : metrics.health();
    }

    @Override
    public Metrics metrics() {
        return metrics.now();
    }

    @Override
    public boolean isOpen() {
        return !committer.isClosed();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (type.isInstance(handles)) {
            return type.cast(handles);
        }
        throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + context.name() + "': engine '"
                + ENGINE + "' has no " + type.getName() + " behind it; there are " + KVStore.class.getName() + " and "
                + HandleTracker.class.getName(), Map.of("store", context.name(), "type", type.getName()));
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            transactions.stopHousekeeping();
            committer.close();
            handles.closeAll().forEach(this::report);
            committer.releaseMemory();
        }
    }

    private void report(HandleTracker.Leak leak) {
        Throwable openedAt = leak.openedAt();
        String message = "store '" + context.name() + "': a " + leak.what()
                + " was still open when the store was closed; close it, for example by try-with-resources";
        LOG.warn(message, openedAt);
        String stack = openedAt == null ? "not recorded" : Arrays.stream(openedAt.getStackTrace())
                .map(StackTraceElement::toString).collect(Collectors.joining("\n"));
        context.events().onEvent(StorageEvent.of(context.clock().instant(), context.name(), StoreKind.KEY_VALUE,
                EventType.LEAK, message, Map.of("what", leak.what(), "stack", stack)));
    }

    @Override
    public String toString() {
        return "MemoryKVStore[" + context.name() + (isOpen() ? "]" : ", closed]");
    }
}
