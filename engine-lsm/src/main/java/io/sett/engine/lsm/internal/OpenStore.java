// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Health;
import io.sett.api.common.Metrics;
import io.sett.api.error.StorageException;
import io.sett.api.event.EventType;
import io.sett.api.kv.BulkLoad;
import io.sett.api.kv.BulkLoadOptions;
import io.sett.api.kv.RecoveryReport;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.engine.lsm.internal.commit.CommitPipeline;
import io.sett.engine.lsm.internal.compaction.CompactionScheduler;
import io.sett.engine.lsm.internal.gc.SegmentState;
import io.sett.engine.lsm.internal.gc.ValueLogReport;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.read.ReadStats;
import io.sett.engine.lsm.internal.recovery.LockFile;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.txn.Oracle;
import io.sett.engine.lsm.internal.txn.Transactions;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import io.sett.engine.lsm.internal.wal.LogChain;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import io.sett.spi.kv.KVArguments;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that is open: its parts, what it does now and then, and how it is closed. {@link Opening} makes it. */
final class OpenStore {

    /** A log up to this length is left for the next opening to read; a longer one is flushed at close. */
    private static final long LEFT_IN_LOG = 256 * 1024;

    /** What every open store has. */
    record Parts(EngineContext context, LsmConfig config, OpenFlag open, LockFile lock, StoreEvents events,
            StoreHealth health, LsmStats stats, ReadStats readStats, Threads threads, HandleTracker handles,
            KVArguments arguments, VersionSet versions, RecoveryReport report, TableCache tables, ValueLog values,
            ValueEncoder encoder, Views views,
            Oracle oracle, LsmReader.Parts readParts, LsmEnvironment environment, Transactions transactions,
            Backlog backlog, @Nullable Writing writing) {
    }

    /** What only a store that is open for writing has. */
    record Writing(LogChain logs, CommitWork work, CommitPipeline pipeline, Flusher flusher, CompactionLink link,
            CompactionScheduler compaction, Ingestion ingestion, CollectionLink collection) {
    }

    private final Parts all;
    private final Housekeeping sweeping;
    private final Housekeeping housekeeping;
    private final AtomicReference<Upkeep> upkeep = new AtomicReference<>();
    private final ReentrantLock closing = new ReentrantLock();
    private boolean closed;

    /** Begins the work in the background. */
    OpenStore(Parts parts) {
        this.all = parts;
        this.sweeping = new Housekeeping(parts.context().scheduler());
        this.housekeeping = new Housekeeping(parts.context().scheduler());
        parts.health().watch(new CompactionChecks());
        Writing writing = parts.writing();
        if (writing != null) {
            writing.work().begin(new Growing());
            if (parts.views().current().immutableCount() > 0) {
                writing.flusher().wake();
            }
        }
        if (parts.versions().peek().fileCount() > 0) {
            beginHousekeeping();
            if (writing != null && parts.config().autoCompaction()) {
                parts.backlog().tablesChanged();
                writing.compaction().trigger();
            }
        }
    }

    /** Classes and not method references, since every opening makes them. */
    private final class CompactionChecks implements Supplier<List<Health.Check>> {

        @Override
        public List<Health.Check> get() {
            return upkeep().compactionChecks();
        }
    }

    private final class Growing implements CommitWork.Growth {

        @Override
        public void grown() {
            beginHousekeeping();
        }

        @Override
        public void rotated() {
            Writing writing = all.writing();
            if (writing != null) {
                writing.flusher().wake();
            }
            beginHousekeeping();
        }
    }

    private void beginHousekeeping() {
        if (!housekeeping.hasBegun()) {
            housekeeping.begin(upkeep().duties());
        }
    }

    // --- parts ---

    KVArguments arguments() {
        return all.arguments();
    }

    LsmReader.Parts readParts() {
        return all.readParts();
    }

    LsmEnvironment environment() {
        return all.environment();
    }

    Oracle oracle() {
        return all.oracle();
    }

    VersionSet versions() {
        return all.versions();
    }

    RecoveryReport report() {
        return all.report();
    }

    Transactions transactions() {
        return all.transactions();
    }

    /** Made when it is asked for, so that the first opening of a program is quicker. */
    private Upkeep upkeep() {
        Upkeep made = upkeep.get();
        if (made != null) {
            return made;
        }
        Upkeep fresh = new Upkeep(this, all.events());
        return upkeep.compareAndSet(null, fresh) ? fresh : upkeep.get();
    }

    OldestReader oldestReader() {
        return upkeep().oldestReader();
    }

    Backlog backlog() {
        return all.backlog();
    }

    StoreHealth health() {
        return all.health();
    }

    TableCache tables() {
        return all.tables();
    }

    ValueLog values() {
        return all.values();
    }

    /** What is alive in the value log. */
    ValueLogReport valueLogReport() {
        return new ValueLogReport(SegmentState.of(all.versions().peek()), all.config().values().gcThreshold());
    }

    /** How many values were written apart from their keys. */
    long separatedValues() {
        return all.encoder().separated();
    }

    Views views() {
        return all.views();
    }

    LsmConfig config() {
        return all.config();
    }

    LsmStats stats() {
        return all.stats();
    }

    ReadStats readStats() {
        return all.readStats();
    }

    HandleTracker handles() {
        return all.handles();
    }

    Clock clock() {
        return all.context().clock();
    }

    @Nullable Writing writing() {
        return all.writing();
    }

    Transaction begin(TransactionOptions options) {
        Transaction transaction = all.transactions().begin(all.environment(), options);
        if (!sweeping.hasBegun() && (all.config().manageTransactions() || options.timeout().isPresent())) {
            sweeping.begin(List.of(upkeep().sweep()));
        }
        beginHousekeeping();
        return transaction;
    }

    BulkLoad bulkLoad(BulkLoadOptions options) {
        all.environment().checkWritable();
        Writing parts = Objects.requireNonNull(all.writing());
        return new LsmBulkLoad(this, parts.ingestion(), options);
    }

    Metrics metrics() {
        return LsmMetrics.of(this);
    }

    /** Bytes of all files of the store. */
    long diskBytes() {
        Writing parts = all.writing();
        long logs = parts == null ? 0 : parts.logs().allocatedBytes();
        Version version = all.versions().peek();
        return version.totalBytes() + version.segmentBytes() + logs + all.versions().manifestBytes();
    }

    // --- closing ---

    boolean isClosed() {
        return all.open().isClosed();
    }

    void close() {
        closing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            shutDown();
        } finally {
            closing.unlock();
        }
        all.events().tell(EventType.STORE_CLOSED, "closed", Map.of());
    }

    private void shutDown() {
        all.open().close();
        sweeping.stop();
        housekeeping.stop();
        all.context().reportLeaks(all.handles().closeAll());
        Writing parts = all.writing();
        try {
            if (parts != null) {
                if (parts.pipeline().hasWaiting()) {
                    parts.pipeline().failWaiting(all.open().closedError());
                }
                saveMemtables(parts);
                parts.compaction().close();
                parts.flusher().stop();
            }
        } finally {
            all.threads().close();
            all.views().current().retire();
            all.tables().close();
            all.values().close();
            closeFiles(parts);
        }
    }

    /** Whatever fails, all of them are closed. */
    private void closeFiles(@Nullable Writing parts) {
        try {
            if (parts != null) {
                parts.logs().close();
            }
        } finally {
            try {
                all.versions().close();
            } finally {
                StoreDirectory.discard(all.config().directory());
                all.lock().close();
            }
        }
    }

    /** A long log is flushed, so that the next opening need not read it; a short one is made durable. */
    private void saveMemtables(Writing parts) {
        if (StoreDirectory.isInMemory(all.config().directory())) {
            return;
        }
        if (all.health().writesStopped()) {
            return;
        }
        try {
            parts.pipeline().exclusively(new ForceLogs(parts.logs()));
            if (parts.logs().current().length() > LEFT_IN_LOG || all.views().current().immutableCount() > 0) {
                parts.pipeline().exclusively(parts.work()::rotate);
                boolean more = true;
                while (more) {
                    more = parts.flusher().flushOldest();
                }
            }
        } catch (StorageException e) {
            all.health().troubled("flush at close", e);
        }
    }

    /** A class and not a method reference, since every closing runs it. */
    private static final class ForceLogs implements Runnable {

        private final LogChain logs;

        private ForceLogs(LogChain logs) {
            this.logs = logs;
        }

        @Override
        public void run() {
            logs.force();
        }
    }
}
