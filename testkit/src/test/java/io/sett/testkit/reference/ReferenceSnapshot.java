// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

import io.sett.api.common.Slice;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.Snapshot;
import io.sett.spi.HandleTracker;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A version that is read. */
final class ReferenceSnapshot implements Snapshot {

    private final ReferenceStore store;
    private final long version;
    private final Set<Cursor> cursors = ConcurrentHashMap.newKeySet();
    private final HandleTracker.@Nullable Handle handle;
    private volatile boolean closed;

    ReferenceSnapshot(ReferenceStore store, long version) {
        this.store = store;
        this.version = version;
        this.handle = store.handles.open("snapshot", this::close);
    }

    private void check() {
        store.checkOpen();
        if (closed) {
            throw new ClosedException(ErrorCode.SCOPE_ENDED, "this snapshot of store '" + store.name() + "' is closed");
        }
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        check();
        return store.find(key, version).map(found -> found.value().clone());
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        return get(key, options).isPresent();
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options) {
        check();
        return store.lend(store.find(key, version), reader);
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        check();
        store.checkCursor(options);
        Cursor cursor = new ReferenceCursor(store, options.reverse(),
                store.entries(options, version, List.of()), () -> { });
        cursors.add(cursor);
        return cursor;
    }

    @Override
    public void close() {
        closed = true;
        cursors.forEach(Cursor::close);
        if (handle != null) {
            handle.close();
        }
    }
}
