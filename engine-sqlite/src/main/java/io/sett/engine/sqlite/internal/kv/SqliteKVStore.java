// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.Slice;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.kv.Backups;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVEntry;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Maintenance;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.WriteOptions;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.DatabaseFiles;
import io.sett.engine.sqlite.internal.db.DatabaseOptions;
import io.sett.engine.sqlite.internal.db.JournalMode;
import io.sett.engine.sqlite.internal.db.SqliteSettings;
import io.sett.engine.sqlite.internal.db.SyncMode;
import io.sett.spi.Deadline;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import io.sett.spi.keyspace.KeyspaceStore;
import io.sett.spi.kv.BufferedBatch;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.KVArguments;
import io.sett.spi.kv.WriteSet;
import io.sett.spi.settings.EngineSettings;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** The key-value store on SQLite: each call hands its work to the part that does it. */
public final class SqliteKVStore implements KVStore {

    private static final Limits LIMITS = new Limits(65_535 + KeyspaceStore.ROOM, 512L << 20, 1L << 30,
            16_777_216, null);

    private final EngineContext context;
    private final Database database;
    private final KvParts parts;
    private final KvTransactions transactions;
    private final Committer committer;
    private final Visible visible;
    private final LatestReader latest;
    private final Maintenance maintenance;
    private final Backups backups;
    private final KvSweeper sweeper;
    private final AtomicBoolean closing = new AtomicBoolean();

    private SqliteKVStore(EngineContext context, Database database, KvTable table, long version) {
        this.context = context;
        this.database = database;
        this.visible = new Visible(version);
        KVArguments arguments = new KVArguments(context.name(), SqliteSettings.ENGINE, LIMITS, capabilities(database));
        HandleTracker handles = new HandleTracker(context.handles());
        this.transactions = new KvTransactions(context.clock(), context.scheduler(), visible);
        ReadViews views = new ReadViews(database, visible, transactions::expireOverdue);
        this.parts = new KvParts(database, table, arguments, context.clock(), handles, views, new LongAdder(),
                new Expiries(context.clock()));
        this.committer = new Committer(parts, visible, transactions.active(), groupWrites(context.settings()));
        if (database.exclusively(Deadline.none(), "opening", session -> session.number(table.earliest)) != 0) {
            parts.expiries().found();
        }
        transactions.connect(parts, committer);
        this.latest = new LatestReader(parts, true);
        this.maintenance = new KvMaintenance(parts, committer);
        this.backups = Backups.unsupported(context.name(), SqliteSettings.ENGINE);
        this.sweeper = new KvSweeper(database, committer, context.clock(), context.scheduler(),
                context.settings().get(SqliteSettings.KV_SWEEP_INTERVAL),
                context.settings().get(SqliteSettings.VACUUM_INTERVAL));
        sweeper.schedule();
    }

    /** Opens a store. */
    public static SqliteKVStore open(EngineContext context) {
        DatabaseOptions options = DatabaseOptions.of(context);
        if (options.journalMode() != JournalMode.WAL) {
            throw new ConfigurationException(ErrorCode.INVALID_CONFIG, "key-value store '" + context.name() + "': "
                    + context.settings().fullPath(SqliteSettings.JOURNAL_MODE) + " must be wal and "
                    + context.settings().fullPath(SqliteSettings.ENABLE_WAL) + " true, for cursors and writers must "
                    + "not wait for each other; now the mode is " + options.journalMode());
        }
        KvTable table = new KvTable(context.settings().get(SqliteSettings.KV_TABLE));
        Database database = Database.open(options, context.clock());
        boolean opened = false;
        try {
            long version = database.exclusively(Deadline.after(options.busyTimeout()), "opening",
                    session -> table.prepare(session, context.name(), database.options().file()));
            SqliteKVStore store = new SqliteKVStore(context, database, table, version);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    private static long groupWrites(EngineSettings settings) {
        return settings.get(SqliteSettings.ENABLE_BATCH_OPTIMIZATION) ? settings.get(SqliteSettings.BATCH_SIZE) : 1;
    }

    private static Set<Capability> capabilities(Database database) {
        EnumSet<Capability> all = EnumSet.copyOf(SqliteSettings.KEY_VALUE_CAPABILITIES);
        if (database.options().syncMode() == SyncMode.OFF) {
            all.remove(Capability.SYNC_WRITES);
        }
        return Collections.unmodifiableSet(all);
    }

    // --- reading ---

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        return latest.get(key, options);
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        return latest.has(key, options);
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options) {
        return latest.read(key, reader, options);
    }

    @Override
    public List<Optional<byte[]>> getMany(List<byte[]> keys, ReadOptions options) {
        return latest.getMany(keys, options);
    }

    @Override
    public Optional<KVEntry> entry(byte[] key) {
        return latest.entry(key);
    }

    @Override
    public long count(KeyRange range) {
        return latest.count(range);
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        return latest.cursor(options);
    }

    @Override
    public Snapshot snapshot() {
        ReadView view = parts.views().acquire(database.deadline(Optional.empty()), "snapshot");
        return new KvSnapshot(parts, view);
    }

    // --- writing ---

    @Override
    public void put(byte[] key, byte[] value, PutOptions options, WriteOptions write) {
        KVArguments arguments = parts.arguments();
        arguments.checkPut(options);
        arguments.checkWrite(write);
        WriteSet writes = new WriteSet(arguments);
        writes.put(key, value, arguments.expiryMillis(options, context.clock()), options.metadata());
        committer.commit(CommitRequest.blind(writes, write.durability(), database.deadline(write.timeout())));
    }

    @Override
    public void delete(byte[] key, WriteOptions write) {
        parts.arguments().checkWrite(write);
        WriteSet writes = new WriteSet(parts.arguments());
        writes.delete(key);
        committer.commit(CommitRequest.blind(writes, write.durability(), database.deadline(write.timeout())));
    }

    @Override
    public void deleteRange(KeyRange range, WriteOptions write) {
        parts.arguments().checkWrite(write);
        committer.commit(CommitRequest.deleteRange(parts.arguments(), range, write.durability(),
                database.deadline(write.timeout())));
    }

    @Override
    public KVBatch batchBegin() {
        database.checkOpen();
        return new BufferedBatch(transactions);
    }

    @Override
    public Transaction transaction(TransactionOptions options) {
        return transactions.begin(options);
    }

    // --- store ---

    @Override
    public Maintenance maintenance() {
        return maintenance;
    }

    @Override
    public Backups backups() {
        return backups;
    }

    @Override
    public long size() {
        database.checkOpen();
        return DatabaseFiles.bytes(database.options().file());
    }

    @Override
    public long version() {
        database.checkOpen();
        return visible.version();
    }

    @Override
    public String name() {
        return context.name();
    }

    @Override
    public String engine() {
        return SqliteSettings.ENGINE;
    }

    @Override
    public StoreKind kind() {
        return StoreKind.KEY_VALUE;
    }

    @Override
    public Set<Capability> capabilities() {
        return parts.arguments().capabilities();
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public Health health() {
        return isOpen() ? Health.up() : Health.down("store '" + name() + "' is closed");
    }

    @Override
    public Metrics metrics() {
        return new Metrics(Map.of("commits_total", committer.commits(), "commit_groups_total", committer.groups(),
                "conflicts_total", committer.conflicts(), "read_keys_total", parts.reads().sum()),
                Map.of("version", (double) visible.version(), "held_versions", (double) parts.views().open(),
                        "active_connections", (double) database.readers().active(), "idle_connections",
                        (double) database.readers().idle(), "open_handles", (double) parts.handles().openCount(),
                        "database_bytes", (double) DatabaseFiles.bytes(database.options().file())), Map.of());
    }

    @Override
    public boolean isOpen() {
        return database.isOpen();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type == HandleTracker.class) {
            return type.cast(parts.handles());
        }
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + name() + "': there is no "
                + type.getName() + " behind it; there is " + HandleTracker.class.getName(), Map.of("store", name(),
                "type",
                type.getName()));
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        sweeper.stop();
        database.refuseWork();
        var leaks = parts.handles().closeAll();
        try {
            committer.close();
        } finally {
            database.close();
        }
        context.reportLeaks(leaks);
    }
}
