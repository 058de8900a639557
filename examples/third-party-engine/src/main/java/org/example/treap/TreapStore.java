// SPDX-License-Identifier: Apache-2.0
package org.example.treap;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.Slice;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.UnsupportedFeatureException;
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
import io.sett.spi.kv.ActiveVersions;
import io.sett.spi.kv.BufferedBatch;
import io.sett.spi.kv.BufferedTransaction;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.ConflictWindow;
import io.sett.spi.kv.KVArguments;
import io.sett.spi.kv.Ticks;
import io.sett.spi.kv.TransactionEnvironment;
import io.sett.spi.kv.TransactionOutcome;
import io.sett.spi.kv.TransactionStart;
import io.sett.spi.kv.WriteSet;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The store: the newest state behind a volatile field, and one lock for commits. */
final class TreapStore implements KVStore, TransactionEnvironment {

    static final Set<Capability> CAPABILITIES =
            Set.of(Capability.SERIALIZABLE, Capability.SNAPSHOTS, Capability.IN_MEMORY, Capability.ZERO_COPY_READ);

    private static final Limits LIMITS = new Limits(1 << 16, 1 << 28, 1 << 30, 1_000_000, null);
    private static final long REMEMBERED_KEYS = 1_000_000;

    private final EngineContext context;
    private final KVArguments arguments;
    private final HandleTracker handles;
    private final LongSupplier ticks;
    private final Maintenance maintenance;
    private final Backups backups;
    private final KVReader newest = new TreapReader(this, () -> this.state);
    private final ReentrantLock commitLock = new ReentrantLock();
    private final ConflictWindow window = new ConflictWindow(REMEMBERED_KEYS, 0);
    private final ActiveVersions active = new ActiveVersions();
    private final AtomicLong transactionIds = new AtomicLong();
    private volatile TreapState state = new TreapState(null, 0, 0);
    private volatile boolean open = true;

    TreapStore(EngineContext context) {
        this.context = context;
        this.arguments = new KVArguments(context.name(), engine(), LIMITS, CAPABILITIES);
        this.handles = new HandleTracker(context.handles());
        this.ticks = Ticks.of(context.clock());
        this.maintenance = Maintenance.unsupported(context.name(), engine());
        this.backups = Backups.unsupported(context.name(), engine());
    }

    // --- reading and writing ---

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
    public Cursor cursor(CursorOptions options) {
        return newest.cursor(options);
    }

    @Override
    public void put(byte[] key, byte[] value, PutOptions options, WriteOptions write) {
        arguments.checkPut(options);
        WriteSet writes = new WriteSet(arguments);
        writes.put(key, value, arguments.expiryMillis(options, context.clock()), options.metadata());
        commitBlind(writes, write);
    }

    @Override
    public void delete(byte[] key, WriteOptions write) {
        WriteSet writes = new WriteSet(arguments);
        writes.delete(key);
        commitBlind(writes, write);
    }

    private void commitBlind(WriteSet writes, WriteOptions write) {
        arguments.checkWrite(write);
        commit(CommitRequest.blind(writes, write.durability(), deadline(write.timeout())));
    }

    @Override
    public void deleteRange(KeyRange range, WriteOptions write) {
        throw arguments.unsupported(Capability.RANGE_DELETE, "delete a range in one step");
    }

    @Override
    public KVBatch batchBegin() {
        checkOpen();
        return new BufferedBatch(this);
    }

    @Override
    public Snapshot snapshot() {
        checkOpen();
        return new TreapSnapshot(this, state);
    }

    @Override
    public Transaction transaction(TransactionOptions options) {
        checkOpen();
        arguments.checkTransaction(options);
        TreapState[] seen = new TreapState[1];
        long version = active.acquire(() -> {
            seen[0] = state;
            return seen[0].version();
        });
        KVReader committed = switch (options.isolation()) {
            case READ_COMMITTED -> newest;
            case SNAPSHOT, SERIALIZABLE -> new TreapReader(this, () -> seen[0]);
        };
        return new BufferedTransaction(this, new TransactionStart(transactionIds.incrementAndGet(), version, committed,
                options, options.timeoutOrNull()));
    }

    // --- what transactions need ---

    @Override
    public long commit(CommitRequest request) {
        commitLock.lock();
        try {
            checkOpen();
            request.deadline().check("commit in store '" + name() + "'");
            window.check(request).ifPresent(conflict -> {
                throw conflict.toException(name(), request.transactionId());
            });
            if (request.writesNothing()) {
                return request.readVersion();
            }
            TreapState next = state.apply(request.writes());
            window.record(request, next.version(), active.oldest(next.version()));
            state = next;
            return next.version();
        } finally {
            commitLock.unlock();
        }
    }

    @Override
    public void ended(BufferedTransaction transaction, TransactionOutcome outcome) {
        active.release(transaction.startVersion());
    }

    @Override
    public KVArguments arguments() {
        return arguments;
    }

    @Override
    public Clock clock() {
        return context.clock();
    }

    @Override
    public long nanoTime() {
        return ticks.getAsLong();
    }

    @Override
    public HandleTracker handles() {
        return handles;
    }

    @Override
    public long latestVersion() {
        return state.version();
    }

    @Override
    public void checkOpen() {
        if (!open) {
            throw new ClosedException(ErrorCode.STORE_CLOSED,
                    "store '" + name() + "' is closed; open it again to go on", Map.of("store", name()));
        }
    }

    // --- what every store has ---

    @Override
    public String name() {
        return context.name();
    }

    @Override
    public String engine() {
        return TreapEngineProvider.ID;
    }

    @Override
    public StoreKind kind() {
        return StoreKind.KEY_VALUE;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public long size() {
        checkOpen();
        return state.bytes();
    }

    @Override
    public long version() {
        checkOpen();
        return state.version();
    }

    @Override
    public Health health() {
        return open ? Health.up() : Health.down("closed");
    }

    @Override
    public Metrics metrics() {
        TreapState now = state;
        return new Metrics(Map.of("commits_total", now.version()), Map.of("stored_bytes", (double) now.bytes()), Map.of());
    }

    @Override
    public Maintenance maintenance() {
        checkOpen();
        return maintenance;
    }

    @Override
    public Backups backups() {
        checkOpen();
        return backups;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type == HandleTracker.class) {
            return type.cast(handles);
        }
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + name() + "' unwraps to "
                + HandleTracker.class.getName() + " and to its own interfaces, not to " + type.getName());
    }

    @Override
    public void close() {
        commitLock.lock();
        try {
            open = false;
        } finally {
            commitLock.unlock();
        }
        context.reportLeaks(handles.closeAll());
    }
}
