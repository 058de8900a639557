// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Capability;
import io.sett.api.common.ProgressListener;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageException;
import io.sett.api.event.EventType;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.RecoveryReport;
import io.sett.engine.lsm.internal.cache.BlockCache;
import io.sett.engine.lsm.internal.commit.CommitPipeline;
import io.sett.engine.lsm.internal.compaction.CompactionJob;
import io.sett.engine.lsm.internal.compaction.CompactionOptions;
import io.sett.engine.lsm.internal.compaction.CompactionScheduler;
import io.sett.engine.lsm.internal.compaction.LeveledPolicy;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.jfr.Flight;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.read.PointLookup;
import io.sett.engine.lsm.internal.read.ReadAhead;
import io.sett.engine.lsm.internal.read.ReadStats;
import io.sett.engine.lsm.internal.recovery.LockFile;
import io.sett.engine.lsm.internal.recovery.Recovery.Recovered;
import io.sett.engine.lsm.internal.recovery.Recovery.RecoveredLog;
import io.sett.engine.lsm.internal.recovery.Recovery;
import io.sett.engine.lsm.internal.table.PinBudget;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.txn.Oracle;
import io.sett.engine.lsm.internal.txn.Transactions;
import io.sett.engine.lsm.internal.version.VersionEdit;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import io.sett.engine.lsm.internal.wal.LogChain;
import io.sett.engine.lsm.internal.wal.LogWriter;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import io.sett.spi.kv.KVArguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Puts the parts of a store together: lock, recovery, tables, views, commits, transactions. The order is here, and no
 * algorithm. For one opening by one thread.
 *
 * <p>What other parts call back is a small class here and not a lambda: about twenty of them are made at each opening,
 * and the first run of a lambda costs a millisecond.
 */
final class Opening {

    private static final long COMMIT_GROUP_BYTES = 1 << 20;
    /** A value that takes longer comes from the disk: from memory it takes a microsecond. */
    private static final long SLOW_VALUE_NANOS = 30_000;

    private final EngineContext context;
    private final LsmConfig config;
    private final StoreDirectory directory;
    private final StoreDirectory logDirectory;
    private final OpenFlag open;
    private final StoreEvents events;
    private final StoreHealth health;
    private final LsmStats stats;
    private final Threads threads;
    private final ObsoleteTables obsolete;
    private final Backlog backlog = new Backlog();
    private final LongSupplier millis;

    private Opening(EngineContext context, LsmConfig config, StoreDirectory directory, StoreDirectory logDirectory) {
        this.context = context;
        this.config = config;
        this.directory = directory;
        this.logDirectory = logDirectory;
        this.open = new OpenFlag(context.name());
        this.events = new StoreEvents(context);
        this.health = new StoreHealth(context.name(), config.directory(), events);
        this.stats = new LsmStats(config.upkeep().metrics());
        this.threads = new Threads(context.name(), config.compactionWorkers());
        this.obsolete = new ObsoleteTables(config.directory(), health, events, threads.flushes());
        this.millis = new Millis(context.clock());
    }

    /** Opens or makes the store that the settings name. */
    static OpenStore open(EngineContext context) {
        if (context.settings().get(LsmSettings.IN_MEMORY)) {
            return openInMemory(context);
        }
        LsmConfig config = LsmConfig.of(context, context.resolve(context.settings().get(LsmSettings.PATH)));
        if (!config.readOnly() && !Files.isDirectory(config.directory())) {
            new Replacement(config.directory()).finish();
        }
        try {
            return openOnce(context, config);
        } catch (CorruptionException damaged) {
            boolean together = config.values().directory().equals(config.directory());
            if (config.readOnly() || !together || context.settings().get(LsmSettings.ON_DAMAGE) == DamagePolicy.FAIL) {
                throw damaged;
            }
            new Replacement(config.directory()).run(damaged, new StoreEvents(context), context.progress());
            return openOnce(context, config);
        }
    }

    private static OpenStore openOnce(EngineContext context, LsmConfig config) {
        StoreDirectory directory = config.readOnly() ? StoreDirectory.of(config.directory())
                : StoreDirectory.create(config.directory());
        LockFile lock = LockFile.acquire(config.directory(), context.name(), config.readOnly());
        try {
            return open(context, config, directory, lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** The value log may have a directory of its own, which is then locked too. */
    private static OpenStore open(EngineContext context, LsmConfig config, StoreDirectory directory, LockFile lock) {
        Path values = config.values().directory();
        if (values.equals(config.directory())) {
            return new Opening(context, config, directory, directory).run(lock);
        }
        StoreDirectory logs = config.readOnly() ? StoreDirectory.of(values) : StoreDirectory.create(values);
        LockFile second = LockFile.acquire(values, context.name(), config.readOnly());
        try {
            return new Opening(context, config, directory, logs).run(lock.with(second));
        } catch (RuntimeException | Error e) {
            second.close();
            throw e;
        }
    }

    /** A new, empty store whose files are in memory; the path is not looked at. */
    private static OpenStore openInMemory(EngineContext context) {
        if (context.settings().get(LsmSettings.READ_ONLY)) {
            throw new InvalidOperationException(ErrorCode.READ_ONLY_STORE, "store '" + context.name()
                    + "': a store in memory (in_memory = true) begins empty and cannot be read only (read_only = true)",
                    Map.of("store", context.name()));
        }
        StoreDirectory directory = StoreDirectory.inMemory(context.name());
        try {
            return new Opening(context, LsmConfig.of(context, directory.path()), directory, directory)
                    .run(LockFile.none(directory.path()));
        } catch (RuntimeException | Error e) {
            StoreDirectory.discard(directory.path());
            throw e;
        }
    }

    private OpenStore run(LockFile lock) {
        Recovered recovered = Recovery.run(directory, new RecoverySettings());
        VersionSet versions = recovered.versions();
        List<LogWriter> writers = new ArrayList<>(recovered.writers());
        try {
            if (!config.readOnly() && writers.isEmpty()) {
                writers.add(newLog(versions));
            }
        } catch (StorageException e) {
            versions.close();
            throw e;
        }
        TableCache tables = new TableCache(config.directory(), versions.storeId(), config.mapping(),
                new BlockCache<>(config.cacheBytes()), new PinBudget(config.pinBytes()), config.maxOpenFiles());
        obsolete.begin(tables);
        ValueLog values = new ValueLog(logDirectory.path(), versions.storeId(), config.mapping(),
                config.maxOpenFiles());
        versions.obsoleteSegmentsTo(new ObsoleteValues(values, health, threads.flushes()));
        Views views = views(recovered, versions, tables, writers.isEmpty() ? 0 : writers.get(0).id());
        Oracle oracle = new Oracle(recovered.lastVersion(), config.conflictKeys(), config.detectsConflicts());
        OpenStore.Writing writing = config.readOnly() ? null : writing(writers, versions, tables, values, views,
                oracle);
        HandleTracker handles = new HandleTracker(context.handles());
        KVArguments arguments = new KVArguments(context.name(), LsmSettings.ENGINE, config.limits(),
                LsmSettings.capabilities(StoreDirectory.isInMemory(config.directory())));
        ReadStats readStats = new ReadStats();
        LsmReader.Parts reading = new LsmReader.Parts(arguments, open, views, oracle, new PointLookup(readStats),
                context.clock(), handles, stats, config.readTimeout(), values,
                new ReadAhead.Setting(values, threads.readAhead(), SLOW_VALUE_NANOS), new Lookup.Pool());
        ValueEncoder encoder = new ValueEncoder(config.values());
        LsmEnvironment environment = new LsmEnvironment(new LsmEnvironment.Parts(arguments, open, context.clock(),
                handles, oracle, writing == null ? null : writing.pipeline(),
                writing == null ? null : writing.ingestion(), health, stats, config, encoder));
        Transactions transactions = new Transactions(oracle, new Readers(reading), config.transactionTimeout(),
                config.manageTransactions());
        environment.begin(transactions);
        OpenStore store = new OpenStore(new OpenStore.Parts(context, config, open, lock, events, health, stats,
                readStats, threads, handles, arguments, versions, recovered.report(), tables, values, encoder, views,
                oracle, reading, environment, transactions, backlog, writing));
        tell(recovered.report());
        return store;
    }

    private Views views(Recovered recovered, VersionSet versions, TableCache tables, long firstLog) {
        List<Memtable> older = new ArrayList<>();
        Memtable active = null;
        for (RecoveredLog log : recovered.logs()) {
            if (active != null) {
                older.add(0, active);
            }
            active = log.memtable();
        }
        return new Views(versions, tables, open, active == null ? new Memtable(firstLog) : active, older);
    }

    private void tell(RecoveryReport report) {
        if (report.replayedCommits() > 0 || report.cut().isPresent()) {
            Flight.tell(Flight.Work.RECOVERY, context.name(), report.replayedCommits() + " commits read in "
                    + report.duration().toMillis() + " ms", 0);
            events.tell(EventType.RECOVERED, "commits were read from the logs", Map.of("commits",
                    report.replayedCommits(), "cut", report.cut().isPresent(), "duration_ms",
                    report.duration().toMillis()));
        }
        events.tell(EventType.STORE_OPENED, "opened in " + config.directory(), Map.of("created", report.created()));
    }

    /** The first log of a store that has none. */
    private LogWriter newLog(VersionSet versions) {
        long id = versions.newFileId();
        LogWriter log = LogWriter.create(logDirectory.path(), versions.storeId(), id, millis.getAsLong(),
                config.mapping());
        try {
            logDirectory.force();
            versions.apply(VersionEdit.builder().addLog(id).build());
            return log;
        } catch (StorageException e) {
            log.close();
            throw e;
        }
    }

    private OpenStore.Writing writing(List<LogWriter> writers, VersionSet versions, TableCache tables, ValueLog values,
            Views views, Oracle oracle) {
        int last = writers.size() - 1;
        LogChain logs = new LogChain(new ArrayList<>(writers.subList(0, last)), writers.get(last));
        CommitWork work = new CommitWork(new CommitWork.Parts(context.name(), open, logDirectory, versions, views, logs,
                oracle, health, events, stats, config, millis, backlog));
        CommitPipeline pipeline = new CommitPipeline(context.name(), work, threads.commits(), config.groupOperations(),
                COMMIT_GROUP_BYTES);
        TableSequence.Place place = new TableSequence.Place(config.directory(), versions.storeId(),
                new FileIds(versions), config.tables(), Math.max(config.memtableBytes() * 2, config.baseTableBytes()),
                millis);
        CompactionLink link = new CompactionLink(new CompactionLink.Parts(versions, views, oracle, health, events,
                context.scheduler(), threads.compactions(), work, context.clock(), backlog));
        CompactionOptions shape = new CompactionOptions(CompactionOptions.DEFAULTS.level0Tables(),
                config.baseLevelBytes(), config.levelMultiplier(), config.baseTableBytes(),
                CompactionOptions.DEFAULTS.tableSizeMultiplier(), CompactionOptions.DEFAULTS.tombstoneShare());
        CompactionJob.Setting setting = new CompactionJob.Setting(tables, place, 1, config.compactionWorkers(),
                threads.compactions());
        CompactionScheduler compaction = new CompactionScheduler(new LeveledPolicy(shape), link, setting,
                config.autoCompaction() ? config.compactionWorkers() : 0);
        backlog.begin(compaction);
        Flusher flusher = new Flusher(new Flusher.Parts(versions, views, logs, oracle, place, health, events, stats,
                context.scheduler(), threads.flushes(), work, compaction, millis, backlog));
        Ingestion ingestion = new Ingestion(new Ingestion.Parts(open, health, work, pipeline, flusher, compaction,
                versions, views, oracle, tables, place));
        CollectionLink collection = new CollectionLink(new CollectionLink.Parts(context.name(), versions, values,
                compaction, pipeline, work, flusher, health, events, threads.collections(), threads.flushes(),
                config.values(), millis));
        return new OpenStore.Writing(logs, work, pipeline, flusher, link, compaction, ingestion, collection);
    }

    // --- what is called back ---

    private final class RecoverySettings implements Recovery.Settings {

        @Override
        public StoreDirectory logDirectory() {
            return logDirectory;
        }

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
            return millis.getAsLong();
        }

        @Override
        public ProgressListener progress() {
            return context.progress();
        }

        @Override
        public LongConsumer obsoleteTable() {
            return obsolete;
        }
    }

    private static final class Millis implements LongSupplier {

        private final Clock clock;

        private Millis(Clock clock) {
            this.clock = clock;
        }

        @Override
        public long getAsLong() {
            return clock.millis();
        }
    }

    private static final class FileIds implements LongSupplier {

        private final VersionSet versions;

        private FileIds(VersionSet versions) {
            this.versions = versions;
        }

        @Override
        public long getAsLong() {
            return versions.newFileId();
        }
    }

    private static final class Readers implements Transactions.Readers {

        private final LsmReader.Parts parts;

        private Readers(LsmReader.Parts parts) {
            this.parts = parts;
        }

        @Override
        public KVReader at(long version) {
            return new LsmReader(parts, version, false);
        }
    }
}
