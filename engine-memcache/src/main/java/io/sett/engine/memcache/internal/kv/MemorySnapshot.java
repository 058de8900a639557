// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.common.Slice;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A version that is kept until the snapshot is closed, or its store. Closing it closes its cursors. */
final class MemorySnapshot implements Snapshot, MemoryCursor.Owner {

    /** Makes the cursors of a snapshot. */
    interface Cursors {
        MemoryCursor open(long version, CursorOptions options, MemoryCursor.Owner owner);
    }

    private final long version;
    private final String store;
    private final KVReader reader;
    private final Committer committer;
    private final Cursors cursors;
    private final Set<MemoryCursor> open = ConcurrentHashMap.newKeySet();
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A snapshot of a version that somebody keeps until {@code onClose}.
     *
     * @param reader reads that version
     * @param onClose lets the version go; called once
     */
    MemorySnapshot(long version, String store, KVReader reader, Committer committer, Cursors cursors,
            Runnable onClose) {
        this.version = version;
        this.store = store;
        this.reader = reader;
        this.committer = committer;
        this.cursors = cursors;
        this.onClose = onClose;
    }

    @Override
    public long version() {
        return version;
    }

    /** Checked after a read too: then the version was still kept while it was read. */
    private void checkUsable() {
        if (closed.get()) {
            throw closed();
        }
    }

    @Override
    public ClosedException closed() {
        committer.checkOpen();
        return new ClosedException(ErrorCode.SCOPE_ENDED, "store '" + store + "': this snapshot of version " + version
                + ", or the cursor of it, is closed; take another snapshot", Map.of("store", store));
    }

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        checkUsable();
        Optional<byte[]> value = reader.get(key, options);
        checkUsable();
        return value;
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        checkUsable();
        boolean has = reader.has(key, options);
        checkUsable();
        return has;
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> function, ReadOptions options) {
        checkUsable();
        Optional<T> result = reader.read(key, function, options);
        checkUsable();
        return result;
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        checkUsable();
        MemoryCursor cursor = cursors.open(version, options, this);
        open.add(cursor);
        if (closed.get()) {
            cursor.close();
            throw closed();
        }
        return cursor;
    }

    @Override
    public void released(MemoryCursor cursor) {
        open.remove(cursor);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            open.forEach(MemoryCursor::close);
            onClose.run();
        }
    }
}
