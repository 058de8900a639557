// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Durability;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Progress;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.BulkLoad;
import io.sett.api.kv.BulkLoadOptions;
import io.sett.api.kv.PutOptions;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.ingest.IngestSorter;
import io.sett.engine.lsm.internal.ingest.IngestTables;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.KVArguments;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bulk load: entries go straight into tables, or through a sorter first, and the tables are installed at commit. All
 * values lie in the tables, large ones too. A lock keeps a close by the store apart from a running call.
 */
final class LsmBulkLoad implements BulkLoad {

    private static final int LOOK_UP_EVERY = 1 << 12;

    private final KVArguments arguments;
    private final OpenFlag open;
    private final Clock clock;
    private final Ingestion ingestion;
    private final BulkLoadOptions options;
    private final IngestTables tables;
    private final @Nullable IngestSorter sorter;
    private final HandleTracker.Handle handle;
    private final ReentrantLock lock = new ReentrantLock();
    private byte[] cell = new byte[256];
    private byte[] last = Bytes.EMPTY;
    private int lastLength;
    private long entries;
    private long bytes;
    private boolean ended;

    LsmBulkLoad(OpenStore store, Ingestion ingestion, BulkLoadOptions options) {
        this.arguments = store.arguments();
        this.open = store.readParts().open();
        this.clock = store.clock();
        this.ingestion = ingestion;
        this.options = options;
        this.tables = ingestion.tables();
        this.sorter = options.sorted() ? null : ingestion.sorter(options.sortMemory());
        this.handle = store.handles().open("bulk load", this::end);
    }

    @Override
    public void put(byte[] key, byte[] value, PutOptions put) {
        arguments.checkPut(put);
        arguments.checkEntry(key, value);
        lock.lock();
        try {
            check();
            int length = encode(value, put.metadata(), arguments.expiryMillis(put, clock));
            IngestSorter unsorted = sorter;
            if (unsorted != null) {
                unsorted.add(EntryKind.PUT, key, cell, 0, length);
            } else {
                checkOrder(key);
                tables.add(EntryKind.PUT, key, 0, key.length, cell, 0, length);
            }
            entries++;
            bytes += (long) key.length + value.length;
            lookUp("entries", entries);
        } finally {
            lock.unlock();
        }
    }

    private int encode(byte[] value, byte metadata, long expiry) {
        int length = ValueCell.encodedLength(metadata, expiry, value.length);
        cell = Bytes.atLeast(cell, length);
        System.arraycopy(value, 0, cell, ValueCell.writeHeader(cell, 0, metadata, expiry), value.length);
        return length;
    }

    private void checkOrder(byte[] key) {
        if (entries > 0 && Bytes.compare(last, 0, lastLength, key, 0, key.length) >= 0) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "store '" + arguments.store()
                    + "': key " + KVArguments.shown(key) + " of a bulk load does not lie behind the one before, "
                    + KVArguments.shown(Arrays.copyOf(last, lastLength)) + "; sort the entries, or ask for it with "
                    + "BulkLoadOptions.unsorted()", Map.of("store", arguments.store(), "entries", entries));
        }
        last = Bytes.atLeast(last, key.length);
        System.arraycopy(key, 0, last, 0, key.length);
        lastLength = key.length;
    }

    /** Now and then: reports, and looks for an interruption. */
    private void lookUp(String phase, long done) {
        if (done % LOOK_UP_EVERY == 0) {
            options.progress().onProgress(new Progress(phase, done, phase.equals("entries") ? -1 : entries, "entries"));
            checkInterrupt();
        }
    }

    private void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(ErrorCode.CANCELLED, "store '" + arguments.store() + "': a bulk load of "
                    + entries + " entries was interrupted; nothing of it is visible", Map.of("store",
                    arguments.store(), "entries", entries));
        }
    }

    private void check() {
        open.check();
        if (ended) {
            throw new ClosedException(ErrorCode.SCOPE_ENDED, "store '" + arguments.store()
                    + "': this bulk load is over; begin another one", Map.of("store", arguments.store()));
        }
    }

    @Override
    public long entries() {
        return entries;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long commit() {
        lock.lock();
        try {
            check();
            checkInterrupt();
            long version = entries == 0 ? 0 : install();
            end();
            return version;
        } finally {
            lock.unlock();
        }
    }

    private long install() {
        IngestSorter unsorted = sorter;
        if (unsorted != null) {
            long[] written = new long[1];
            unsorted.drainTo(tables, () -> lookUp("tables", ++written[0]));
        }
        tables.seal();
        List<IngestTables.Span> spans = tables.spans();
        byte[] highest = spans.get(spans.size() - 1).last();
        KeyRange hull = KeyRange.of(spans.get(0).first(), Arrays.copyOf(highest, highest.length + 1));
        long version = ingestion.install(tables, CommitRequest.deleteRange(arguments, hull, Durability.SYNC,
                Deadline.none()));
        options.progress().onProgress(new Progress("tables", entries, entries, "entries"));
        return version;
    }

    private void end() {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                tables.close();
                IngestSorter unsorted = sorter;
                if (unsorted != null) {
                    unsorted.close();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        end();
        handle.close();
    }
}
