// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Slice;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.Snapshot;
import io.sett.engine.lsm.internal.base.UseCount;
import io.sett.spi.HandleTracker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One version of the store, held until it is closed and the last call on it is over. Any thread. */
final class LsmSnapshot implements Snapshot {

    private final String store;
    private final long version;
    private final OpenCursors cursors = new OpenCursors();
    private final LsmReader reader;
    private final UseCount uses;
    private final HandleTracker.Handle handle;

    /** A snapshot of a version that is being read; that reading ends with it. */
    LsmSnapshot(LsmReader.Parts parts, long version) {
        this.store = parts.arguments().store();
        this.version = version;
        this.reader = new LsmReader(parts, version, cursors);
        this.uses = new UseCount(() -> parts.oracle().endReading(version));
        this.handle = parts.handles().open("snapshot", this::close);
    }

    private <T> T using(Supplier<T> call) {
        int token = uses.acquire();
        if (token == UseCount.RETIRED) {
            throw new ClosedException(ErrorCode.SCOPE_ENDED, "store '" + store + "': this snapshot of version " + version
                    + " is closed; take another one", Map.of("store", store, "version", version));
        }
        try {
            return call.get();
        } finally {
            uses.release(token);
        }
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        return using(() -> reader.get(key, options));
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        return using(() -> reader.has(key, options));
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> function, ReadOptions options) {
        return using(() -> reader.read(key, function, options));
    }

    @Override
    public List<Optional<byte[]>> getMany(List<byte[]> keys, ReadOptions options) {
        return using(() -> reader.getMany(keys, options));
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        return using(() -> reader.cursor(options));
    }

    @Override
    public void close() {
        handle.close();
        uses.retire();
        cursors.closeAll();
    }
}
