// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Durability;
import io.sett.api.common.KeyRange;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.WriteOptions;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.commit.CommitPipeline;
import io.sett.engine.lsm.internal.commit.PendingCommit;
import io.sett.engine.lsm.internal.ingest.IngestTables;
import io.sett.engine.lsm.internal.txn.Oracle;
import io.sett.engine.lsm.internal.txn.Transactions;
import io.sett.engine.lsm.internal.wal.LogBatch;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import io.sett.spi.kv.BufferedTransaction;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.KVArguments;
import io.sett.spi.kv.PendingWrite;
import io.sett.spi.kv.Ticks;
import io.sett.spi.kv.TransactionEnvironment;
import io.sett.spi.kv.TransactionOutcome;
import io.sett.spi.kv.WriteOverflow;
import io.sett.spi.kv.WriteSet;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What transactions, batches and single writes ask of the store: mostly, to be committed. Any thread. */
final class LsmEnvironment implements TransactionEnvironment {

    /** What committing needs; one for each store. */
    record Parts(KVArguments arguments, OpenFlag open, Clock clock, HandleTracker handles, Oracle oracle,
            @Nullable CommitPipeline pipeline, @Nullable Ingestion ingestion, StoreHealth health, LsmStats stats,
            LsmConfig config, ValueEncoder values) {
    }

    private static final int HEADERS = 16;
    private static final int CHECK_EVERY = 1 << 12;
    /** The first key that there can be. */
    private static final byte[] LOWEST = {0};
    private static final int MIN_BATCH = 256;
    private static final int MAX_SPARE = 16 * 1024;

    private final Parts parts;
    private final LongSupplier ticks;
    private final AtomicReference<LogBatch> spare = new AtomicReference<>();
    private volatile Transactions transactions;

    /** Behind the last key that there can be. */
    private static byte[] highest() {
        byte[] key = new byte[Limits.MAX_BOUND_LENGTH];
        Arrays.fill(key, 0, Limits.MAX_KEY_LENGTH, (byte) 0xff);
        return key;
    }

    LsmEnvironment(Parts parts) {
        this.parts = parts;
        this.ticks = Ticks.of(parts.clock());
    }

    /** Once, before the first transaction. */
    void begin(Transactions open) {
        transactions = open;
    }

    @Override
    public KVArguments arguments() {
        return parts.arguments();
    }

    @Override
    public Clock clock() {
        return parts.clock();
    }

    @Override
    public long nanoTime() {
        return ticks.getAsLong();
    }

    @Override
    public HandleTracker handles() {
        return parts.handles();
    }

    @Override
    public void checkOpen() {
        parts.open().check();
    }

    @Override
    public long latestVersion() {
        return parts.oracle().visible();
    }

    @Override
    public Deadline deadline(Optional<Duration> timeout) {
        return Deadline.after(timeout.orElse(parts.config().writeTimeout()));
    }

    @Override
    public long commit(CommitRequest request) {
        CommitPipeline pipeline = writable();
        if (request.writes().spillAll() instanceof SpilledWrites spilled) {
            return commitSpilled(request, spilled);
        }
        LogBatch batch = prepare(request);
        long begun = parts.stats().sample();
        long version = pipeline.commit(PendingCommit.waiting(request, batch, isSync(request)));
        parts.stats().committed(begun, batch.count(), request.writes().byteSize());
        return version;
    }

    @Override
    public long spillBytes() {
        return parts.config().spillBytes();
    }

    @Override
    public WriteOverflow overflow() {
        writable();
        return new SpilledWrites(Objects.requireNonNull(parts.ingestion()).sorter(parts.config().spillBytes()));
    }

    /** Commits a transaction whose writes are in temporary tables: merges them into tables, which are installed. */
    private long commitSpilled(CommitRequest request, SpilledWrites spilled) {
        parts.health().checkWritable();
        Ingestion ingestion = Objects.requireNonNull(parts.ingestion());
        long[] written = new long[1];
        try (IngestTables tables = ingestion.tables()) {
            spilled.drainTo(tables, () -> {
                if (++written[0] % CHECK_EVERY == 0) {
                    checkOpen();
                    request.deadline().check("a commit of store '" + arguments().store() + "'");
                }
            });
            long version = ingestion.install(tables, request);
            parts.stats().committed(0, (int) Math.min(Integer.MAX_VALUE, written[0]), request.writes().byteSize());
            return version;
        }
    }

    @Override
    public CompletionStage<Long> commitAsync(CommitRequest request) {
        CommitPipeline pipeline = writable();
        if (request.writes().spillAll() instanceof SpilledWrites spilled) {
            // Done at once: it takes long, and the transaction lets go of its tables when this returns.
            return CompletableFuture.completedStage(commitSpilled(request, spilled));
        }
        LogBatch batch = prepare(request);
        CompletableFuture<Long> result = new CompletableFuture<>();
        pipeline.submit(PendingCommit.completing(request, batch, isSync(request), result));
        return result.thenApply(version -> {
            parts.stats().committed(0, batch.count(), request.writes().byteSize());
            return version;
        });
    }

    /** Commits one value. What is allowed has been checked. */
    void put(byte[] key, byte[] value, long expiresAtMillis, byte metadata, WriteOptions options) {
        CommitPipeline pipeline = writable();
        parts.health().checkWritable();
        LogBatch batch = batchFor((long) key.length + (parts.values().separates(value.length) ? 0 : value.length));
        parts.values().append(batch, key, value, expiresAtMillis, metadata);
        commitOne(pipeline, batch, (long) key.length + value.length, options);
    }

    /** Commits one deletion. What is allowed has been checked. */
    void delete(byte[] key, WriteOptions options) {
        CommitPipeline pipeline = writable();
        parts.health().checkWritable();
        LogBatch batch = batchFor(key.length);
        batch.reserve(EntryKind.DELETE, key, 0);
        commitOne(pipeline, batch, key.length, options);
    }

    /** Commits the deletion of a range. */
    void deleteRange(KeyRange range, WriteOptions options) {
        writable();
        if (!range.isEmpty()) {
            commit(CommitRequest.deleteRange(parts.arguments(), range, options.durability(),
                    deadline(options.timeout())));
        }
    }

    private void commitOne(CommitPipeline pipeline, LogBatch batch, long bytes, WriteOptions options) {
        Duration given = options.timeoutOrNull();
        Duration timeout = given == null ? parts.config().writeTimeout() : given;
        long begun = parts.stats().sample();
        pipeline.commit(PendingCommit.blind(parts.arguments(), batch, timeout, isSync(options.durability())));
        parts.stats().committed(begun, 1, bytes);
        // Only after success: a commit that was given up may still be looked at by the leader.
        if (batch.capacity() <= MAX_SPARE) {
            batch.clear();
            spare.lazySet(batch);
        }
    }

    /** The batch of the single write before, if nobody has it now: most stores have one writer at a time. */
    private LogBatch batchFor(long bytes) {
        LogBatch batch = spare.get() == null ? null : spare.getAndSet(null);
        return batch != null ? batch : new LogBatch((int) Math.min(Math.max(MIN_BATCH, bytes + HEADERS), 1 << 30));
    }

    private boolean isSync(CommitRequest request) {
        return isSync(request.durability());
    }

    private boolean isSync(Durability durability) {
        return durability == Durability.SYNC || durability == Durability.DEFAULT && parts.config().syncWrites();
    }

    /** Where commits go; fails when the store is closed or only read. */
    private CommitPipeline writable() {
        checkOpen();
        CommitPipeline pipeline = parts.pipeline();
        if (pipeline == null) {
            String store = parts.arguments().store();
            throw new InvalidOperationException(ErrorCode.READ_ONLY_STORE, "store '" + store
                    + "' is open for reading only (read_only = true); open it for writing", Map.of("store", store));
        }
        return pipeline;
    }

    /** Refuses what the store cannot write now. */
    void checkWritable() {
        writable();
        parts.health().checkWritable();
    }

    private LogBatch prepare(CommitRequest request) {
        parts.health().checkWritable();
        return encode(request.writes());
    }

    /** The writes as the log and the memtable take them. */
    private LogBatch encode(WriteSet writes) {
        LogBatch batch = new LogBatch((int) Math.min(encodedBytes(writes), 1 << 30));
        for (KeyRange range : writes.deletedRanges()) {
            byte[] end = bound(range.end().orElseGet(LsmEnvironment::highest));
            batch.add(EntryKind.RANGE_DELETE, bound(range.start().orElse(LOWEST)), end, 0, end.length);
        }
        for (PendingWrite write : writes) {
            if (write.isDeletion()) {
                batch.reserve(EntryKind.DELETE, write.key(), 0);
                continue;
            }
            parts.values().append(batch, write.key(), write.value(), write.expiresAtMillis(), write.metadata());
        }
        return batch;
    }

    /** The same bound for keys that are not too long. */
    private static byte[] bound(byte[] key) {
        if (key.length <= Limits.MAX_KEY_LENGTH) {
            return key;
        }
        byte[] cut = Arrays.copyOf(key, Limits.MAX_BOUND_LENGTH);
        cut[Limits.MAX_KEY_LENGTH] = 0;
        return cut;
    }

    /** About how many bytes the operations take, without values that are stored apart. */
    private long encodedBytes(WriteSet writes) {
        long size = (long) HEADERS * writes.size();
        for (PendingWrite write : writes) {
            size += write.key().length + (write.isDeletion() || parts.values().separates(write.value().length) ? 0
                    : write.value().length);
        }
        return size;
    }

    @Override
    public void ended(BufferedTransaction transaction, TransactionOutcome outcome) {
        transactions.ended(transaction, outcome);
    }
}
