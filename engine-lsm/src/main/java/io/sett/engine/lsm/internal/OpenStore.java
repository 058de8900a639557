// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Capability;
import io.sett.api.common.Metrics;
import io.sett.api.common.ProgressListener;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.event.EventType;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.engine.lsm.internal.cache.BlockCache;
import io.sett.engine.lsm.internal.commit.CommitPipeline;
import io.sett.engine.lsm.internal.compaction.CompactionOptions;
import io.sett.engine.lsm.internal.compaction.CompactionScheduler;
import io.sett.engine.lsm.internal.compaction.LeveledPolicy;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.read.PointLookup;
import io.sett.engine.lsm.internal.read.ReadStats;
import io.sett.engine.lsm.internal.recovery.LockFile;
import io.sett.engine.lsm.internal.recovery.Recovery;
import io.sett.engine.lsm.internal.recovery.Recovery.Recovered;
import io.sett.engine.lsm.internal.recovery.Recovery.RecoveredLog;
import io.sett.engine.lsm.internal.recovery.RecoveryReport;
import io.sett.engine.lsm.internal.table.PinBudget;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.txn.Oracle;
import io.sett.engine.lsm.internal.txn.Transactions;
import io.sett.engine.lsm.internal.version.VersionEdit;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.wal.LogChain;
import io.sett.engine.lsm.internal.wal.LogWriter;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import io.sett.spi.kv.KVArguments;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All parts of an open store, put together: the order of opening and closing is here, and no algorithm.
 *
 * <p>Opening: lock, recovery, tables, views, commits, background work. Closing: the same backwards.
 */
final class OpenStore {

    /** A log up to this length is left for the next opening to read; a longer one is flushed at close. */
    private static final long LEFT_IN_LOG = 256 * 1024;
    private static final long COMMIT_GROUP_BYTES = 1 << 20;
    private static final Duration LONGEST_SWEEP = Duration.ofSeconds(1);
    private static final Duration SHORTEST_SWEEP = Duration.ofMillis(10);

    private final EngineContext context;
    private final LsmConfig config;
    private final StoreDirectory directory;
    private final LockFile lock;
    private final StoreEvents events;
    private final StoreHealth health;
    private final LsmStats stats;
    private final Threads threads;
    private final HandleTracker handles;
    private final KVArguments arguments;
    private final VersionSet versions;
    private final RecoveryReport report;
    private final TableCache tables;
    private final ReadStats readStats = new ReadStats();
    private final Views views;
    private final Oracle oracle;
    private final LsmReader.Parts readParts;
    private final LsmEnvironment environment;
    private final Transactions transactions;
    private final @Nullable Writing writing;
    private final Housekeeping housekeeping;
    private final ReentrantLock closing = new ReentrantLock();
    private boolean closed;

    /** What only a store that is open for writing has. */
    record Writing(LogChain logs, CommitWork work, CommitPipeline pipeline, Flusher flusher, CompactionLink link,
            CompactionScheduler compaction) {
    }

    static OpenStore open(EngineContext context) {
        refuseUnsupported(context);
        LsmConfig config = LsmConfig.of(context);
        StoreDirectory directory = config.readOnly() ? StoreDirectory.of(config.directory())
                : StoreDirectory.create(config.directory());
        LockFile lock = LockFile.acquire(config.directory(), context.name(), config.readOnly());
        try {
            return new OpenStore(context, config, directory, lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static void refuseUnsupported(EngineContext context) {
        if (context.settings().get(LsmSettings.IN_MEMORY)) {
            throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + context.name()
                    + "': engine 'badger' cannot keep a store in memory alone (in_memory = true), it lacks the capability "
                    + Capability.IN_MEMORY + "; use engine memory", Map.of("store", context.name(), "capability",
                    Capability.IN_MEMORY));
        }
    }

    private OpenStore(EngineContext context, LsmConfig config, StoreDirectory directory, LockFile lock) {
        this.context = context;
        this.config = config;
        this.directory = directory;
        this.lock = lock;
        this.events = new StoreEvents(context);
        this.health = new StoreHealth(context.name(), config.directory(), events);
        this.stats = new LsmStats(config.metrics());
        this.threads = new Threads(context.name(), config.compactionWorkers());
        this.handles = new HandleTracker(context.handles());
        this.arguments = new KVArguments(context.name(), LsmSettings.ENGINE, config.limits(),
                LsmSettings.capabilities());
        Recovered recovered = Recovery.run(directory, recoverySettings());
        this.versions = recovered.versions();
        this.report = recovered.report();
        List<LogWriter> writers = new ArrayList<>(recovered.writers());
        try {
            if (!config.readOnly() && writers.isEmpty()) {
                writers.add(newLog());
            }
        } catch (StorageException e) {
            versions.close();
            throw e;
        }
        this.tables = new TableCache(config.directory(), versions.storeId(), config.mapping(),
                new BlockCache<>(config.cacheBytes()), new PinBudget(config.pinBytes()), config.maxOpenFiles());
        List<Memtable> older = new ArrayList<>();
        Memtable active = null;
        for (RecoveredLog log : recovered.logs()) {
            if (active != null) {
                older.add(0, active);
            }
            active = log.memtable();
        }
        if (active == null) {
            active = new Memtable(writers.isEmpty() ? 0 : writers.get(0).id());
        }
        this.views = new Views(versions, tables, active, older);
        this.oracle = new Oracle(recovered.lastVersion(), config.conflictKeys(), config.detectsConflicts());
        this.writing = config.readOnly() ? null : startWriting(writers);
        this.readParts = new LsmReader.Parts(arguments, views, oracle, new PointLookup(readStats), clock(), handles,
                stats, config.readTimeout(), this::checkOpen);
        this.environment = new LsmEnvironment(new LsmEnvironment.Parts(arguments, clock(), handles, oracle,
                writing == null ? null : writing.pipeline(), health, stats, config));
        this.transactions = new Transactions(oracle, version -> new LsmReader(readParts, version, false),
                config.transactionTimeout(), config.manageTransactions());
        environment.begin(transactions);
        this.housekeeping = new Housekeeping(context.scheduler(), duties());
        begin();
    }

    private void begin() {
        Writing parts = writing;
        if (parts != null) {
            parts.work().begin(this::afterRotation, config.autoCompaction(), this::checkOpen);
            if (views.current().immutableCount() > 0) {
                parts.flusher().wake();
            }
            if (versions.peek().fileCount() > 0 && config.autoCompaction()) {
                parts.compaction().trigger();
            }
        }
        if (report.replayedCommits() > 0 || report.cut().isPresent()) {
            events.tell(EventType.RECOVERED, "commits were read from the logs", Map.of("commits",
                    report.replayedCommits(), "cut", report.cut().isPresent(), "duration_ms",
                    report.duration().toMillis()));
        }
        events.tell(EventType.STORE_OPENED, "opened in " + config.directory(), Map.of("created", report.created()));
    }

    private Recovery.Settings recoverySettings() {
        return new Recovery.Settings() {
            @Override
            public boolean readOnly() {
                return config.readOnly();
            }

            @Override
            public boolean mapping() {
                return config.mapping();
            }

            @Override
            public long nowMillis() {
                return clock().millis();
            }

            @Override
            public ProgressListener progress() {
                return ProgressListener.NONE;
            }

            @Override
            public LongConsumer obsoleteTable() {
                return OpenStore.this::deleteTable;
            }
        };
    }

    /** The first log of a store that has none. */
    private LogWriter newLog() {
        long id = versions.newFileId();
        LogWriter log = LogWriter.create(config.directory(), versions.storeId(), id, clock().millis(), config.mapping());
        directory.force();
        versions.apply(VersionEdit.builder().addLog(id).build());
        return log;
    }

    private Writing startWriting(List<LogWriter> writers) {
        int last = writers.size() - 1;
        LogChain logs = new LogChain(writers.subList(0, last), writers.get(last));
        CommitWork work = new CommitWork(new CommitWork.Parts(context.name(), directory, versions, views, logs, oracle,
                health, events, stats, config, clock()::millis));
        CommitPipeline pipeline = new CommitPipeline(context.name(), work, threads.commits(), config.groupOperations(),
                COMMIT_GROUP_BYTES);
        TableSequence.Place flushPlace = new TableSequence.Place(config.directory(), versions.storeId(),
                versions::newFileId, config.tables(), Math.max(config.memtableBytes() * 2, config.baseTableBytes()),
                clock()::millis);
        CompactionLink link = new CompactionLink(new CompactionLink.Parts(versions, views, oracle, health, events,
                context.scheduler(), threads.compactions(), work::roomChanged));
        CompactionOptions shape = new CompactionOptions(CompactionOptions.DEFAULTS.level0Tables(),
                config.baseLevelBytes(), config.levelMultiplier(), config.baseTableBytes(),
                CompactionOptions.DEFAULTS.tableSizeMultiplier(), CompactionOptions.DEFAULTS.tombstoneShare());
        CompactionScheduler compaction = new CompactionScheduler(new LeveledPolicy(shape), link, tables, flushPlace,
                config.autoCompaction() ? config.compactionWorkers() : 0, 1);
        Flusher flusher = new Flusher(new Flusher.Parts(versions, views, logs, oracle, flushPlace, health, events, stats,
                context.scheduler(), threads.flushes(), () -> {
                    work.roomChanged();
                    compaction.trigger();
                }));
        return new Writing(logs, work, pipeline, flusher, link, compaction);
    }

    private List<Housekeeping.Duty> duties() {
        List<Housekeeping.Duty> duties = new ArrayList<>();
        Duration sweep = config.transactionTimeout().dividedBy(4);
        sweep = sweep.compareTo(LONGEST_SWEEP) > 0 ? LONGEST_SWEEP : sweep;
        sweep = sweep.compareTo(SHORTEST_SWEEP) < 0 ? SHORTEST_SWEEP : sweep;
        duties.add(new Housekeeping.Duty(sweep, transactions()::expire));
        Writing parts = writing;
        if (parts != null && config.autoCompaction()) {
            duties.add(new Housekeeping.Duty(config.compactionInterval(), parts.compaction()::trigger));
        }
        return duties;
    }

    private void afterRotation() {
        Writing parts = writing;
        if (parts != null) {
            parts.flusher().wake();
        }
        housekeeping.begin();
    }

    private void checkOpen() {
        environment.checkOpen();
    }

    /** Nobody needs the table any more. */
    private void deleteTable(long id) {
        Runnable deletion = () -> {
            try {
                tables.evict(id);
                StoreDirectory.delete(FileNames.table(config.directory(), id));
                health.recovered("deleting files");
            } catch (StorageException e) {
                health.troubled("deleting files", e);
            }
        };
        try {
            threads.flushes().execute(deletion);
        } catch (RejectedExecutionException closingNow) {
            deletion.run();
        }
    }

    // --- parts ---

    KVArguments arguments() {
        return arguments;
    }

    LsmReader.Parts readParts() {
        return readParts;
    }

    LsmEnvironment environment() {
        return environment;
    }

    Oracle oracle() {
        return oracle;
    }

    VersionSet versions() {
        return versions;
    }

    RecoveryReport report() {
        return report;
    }

    Transactions transactions() {
        return transactions;
    }

    StoreHealth health() {
        return health;
    }

    TableCache tables() {
        return tables;
    }

    Views views() {
        return views;
    }

    LsmConfig config() {
        return config;
    }

    LsmStats stats() {
        return stats;
    }

    ReadStats readStats() {
        return readStats;
    }

    HandleTracker handles() {
        return handles;
    }

    Clock clock() {
        return context.clock();
    }

    @Nullable Writing writing() {
        return writing;
    }

    Transaction begin(TransactionOptions options) {
        Transaction transaction = transactions.begin(environment, options);
        housekeeping.begin();
        return transaction;
    }

    Metrics metrics() {
        return LsmMetrics.of(this);
    }

    /** Bytes of all files of the store. */
    long diskBytes() {
        Writing parts = writing;
        long logs = parts == null ? 0 : parts.logs().allocatedBytes();
        return versions.peek().totalBytes() + logs + versions.manifestBytes();
    }

    // --- closing ---

    boolean isClosed() {
        return environment.isClosed();
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
        events.tell(EventType.STORE_CLOSED, "closed", Map.of());
    }

    private void shutDown() {
        environment.close();
        housekeeping.stop();
        context.reportLeaks(handles.closeAll());
        Writing parts = writing;
        try {
            if (parts != null) {
                parts.pipeline().failWaiting(environment.closedError());
                saveMemtables(parts);
                parts.compaction().close();
                parts.flusher().stop();
            }
        } finally {
            threads.close();
            views.current().retire();
            tables.close();
            try {
                if (parts != null) {
                    parts.logs().close();
                }
                versions.close();
            } finally {
                lock.close();
            }
        }
    }

    /** A long log is flushed, so that the next opening need not read it; a short one is made durable. */
    private void saveMemtables(Writing parts) {
        if (health.writesStopped()) {
            return;
        }
        try {
            parts.pipeline().exclusively(parts.logs()::force);
            if (parts.logs().current().length() > LEFT_IN_LOG || views.current().immutableCount() > 0) {
                parts.pipeline().exclusively(parts.work()::rotate);
                boolean more = true;
                while (more) {
                    more = parts.flusher().flushOldest();
                }
            }
        } catch (StorageException e) {
            health.troubled("flush at close", e);
        }
    }
}
