// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.Slice;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.kv.Backups;
import io.sett.api.kv.BulkLoad;
import io.sett.api.kv.BulkLoadOptions;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Maintenance;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.RecoveryReport;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.WriteOptions;
import io.sett.engine.lsm.internal.gc.ValueLogCollector;
import io.sett.engine.lsm.internal.gc.ValueLogReport;
import io.sett.engine.lsm.internal.txn.Transactions;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.spi.HandleTracker;
import io.sett.spi.kv.BufferedBatch;
import io.sett.spi.kv.KVArguments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The key-value store of the API over an {@link OpenStore}. Any thread. */
public final class LsmStore implements KVStore {

    private final OpenStore open;
    private final KVArguments arguments;
    private final LsmReader newest;
    private final LsmMaintenance maintenance;
    private final Backups backups;

    LsmStore(OpenStore open) {
        this.open = open;
        this.arguments = open.arguments();
        this.newest = new LsmReader(open.readParts(), LsmReader.NEWEST, true);
        this.maintenance = new LsmMaintenance(open);
        this.backups = Backups.unsupported(name(), LsmSettings.ENGINE);
    }

    // --- what it is ---

    @Override
    public String name() {
        return arguments.store();
    }

    @Override
    public String engine() {
        return LsmSettings.ENGINE;
    }

    @Override
    public StoreKind kind() {
        return StoreKind.KEY_VALUE;
    }

    @Override
    public Set<Capability> capabilities() {
        return arguments.capabilities();
    }

    @Override
    public Limits limits() {
        return arguments.limits();
    }

    @Override
    public Health health() {
        return open.isClosed() ? Health.down("closed") : open.health().now();
    }

    @Override
    public Metrics metrics() {
        return open.metrics();
    }

    @Override
    public boolean isOpen() {
        return !open.isClosed();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        OpenStore.Writing writing = open.writing();
        if (type == ValueLogCollector.class && writing != null) {
            return type.cast(writing.collection().collector());
        }
        for (Object part : List.of(this, open.report(), open.transactions(), open.handles(),
                open.versions().peek(), open.valueLogReport())) {
            if (type.isInstance(part)) {
                return type.cast(part);
            }
        }
        throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + name() + "' has no "
                + type.getName() + " to give out; there are " + LsmStore.class.getName() + ", "
                + RecoveryReport.class.getName() + ", " + Transactions.class.getName() + ", "
                + HandleTracker.class.getName() + ", " + ValueLogReport.class.getName() + ", "
                + ValueLogCollector.class.getName() + " and " + Version.class.getName(),
                Map.of("store", name(), "type", type.getName()));
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
        return newest.getMany(keys, options);
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        return newest.cursor(options);
    }

    @Override
    public Snapshot snapshot() {
        open.environment().checkOpen();
        return new LsmSnapshot(open.readParts(), open.oracle().beginReading());
    }

    @Override
    public long size() {
        open.environment().checkOpen();
        return open.diskBytes();
    }

    @Override
    public long version() {
        open.environment().checkOpen();
        return open.oracle().visible();
    }

    // --- writing ---

    @Override
    public void put(byte[] key, byte[] value, PutOptions options, WriteOptions write) {
        arguments.checkPut(options);
        arguments.checkWrite(write);
        arguments.checkEntry(key, value);
        arguments.checkSize((long) key.length + value.length, 1);
        LsmEnvironment environment = open.environment();
        environment.put(key, value, arguments.expiryMillis(options, environment.clock()), options.metadata(), write);
    }

    @Override
    public void delete(byte[] key, WriteOptions write) {
        arguments.checkWrite(write);
        arguments.checkWrittenKey(key);
        open.environment().delete(key, write);
    }

    /** One record in the log and one in memory, however many keys there are; compaction frees their space. */
    @Override
    public void deleteRange(KeyRange range, WriteOptions write) {
        arguments.checkWrite(write);
        open.environment().deleteRange(range, write);
    }

    @Override
    public KVBatch batchBegin() {
        open.environment().checkOpen();
        return new BufferedBatch(open.environment());
    }

    /** Entries of one version in tables of their own, which go to the deepest level where nothing is in the way. */
    @Override
    public BulkLoad bulkLoad(BulkLoadOptions options) {
        return open.bulkLoad(options);
    }

    @Override
    public Transaction transaction(TransactionOptions options) {
        open.environment().checkOpen();
        return open.begin(options);
    }

    // --- looking after ---

    @Override
    public Maintenance maintenance() {
        return maintenance;
    }

    @Override
    public Backups backups() {
        return backups;
    }

    @Override
    public void close() {
        open.close();
    }
}
