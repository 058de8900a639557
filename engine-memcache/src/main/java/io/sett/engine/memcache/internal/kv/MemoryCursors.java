// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.Snapshot;
import io.sett.spi.HandleTracker;
import io.sett.spi.kv.KVArguments;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Opens cursors and snapshots, and sees that the versions they read are kept until they are closed. */
final class MemoryCursors {

    private final VersionedMap map;
    private final Committer committer;
    private final KVArguments arguments;
    private final Clock clock;
    private final HandleTracker handles;

    MemoryCursors(VersionedMap map, Committer committer, KVArguments arguments, Clock clock, HandleTracker handles) {
        this.map = map;
        this.committer = committer;
        this.arguments = arguments;
        this.clock = clock;
        this.handles = handles;
    }

    /** A cursor over the newest version, closed with the store. */
    Cursor registered(CursorOptions options) {
        return newest(options, true);
    }

    /** A cursor for a transaction, which keeps its version and closes the cursor. */
    Cursor inTransaction(long version, CursorOptions options) {
        if (version == VersionReader.NEWEST) {
            return newest(options, false);
        }
        return cursor(version, options, new Held(options.sinceVersion(), VersionReader.NEWEST));
    }

    private Cursor newest(CursorOptions options, boolean registered) {
        committer.checkOpen();
        arguments.checkCursor(options);
        Held owner = new Held(options.sinceVersion(), committer.beginReading());
        try {
            MemoryCursor cursor = cursor(owner.version, options, owner);
            if (registered) {
                owner.handle = handles.open("cursor over " + options.range(), cursor::close);
            }
            if (committer.isClosed()) {
                cursor.close();
                committer.checkOpen();
            }
            return cursor;
        } catch (RuntimeException | Error failure) {
            owner.release();
            throw failure;
        }
    }

    private MemoryCursor cursor(long version, CursorOptions options, MemoryCursor.Owner owner) {
        arguments.checkCursor(options);
        return new MemoryCursor(map, clock, version, options, owner, arguments.store());
    }

    /**
     * The newest version, kept until the snapshot is closed.
     *
     * @param readers makes the reader of a version
     */
    Snapshot snapshot(LongFunction<KVReader> readers) {
        committer.checkOpen();
        Held owner = new Held(0, committer.beginReading());
        MemorySnapshot snapshot = new MemorySnapshot(owner.version, arguments.store(), readers.apply(owner.version),
                committer, this::inSnapshot, owner::release);
        owner.handle = handles.open("snapshot of version " + owner.version, snapshot::close);
        if (committer.isClosed()) {
            snapshot.close();
            committer.checkOpen();
        }
        return snapshot;
    }

    private MemoryCursor inSnapshot(long version, CursorOptions options, MemoryCursor.Owner owner) {
        arguments.checkCursor(options);
        if (options.sinceVersion() == 0) {
            return cursor(version, options, owner);
        }
        Held history = new Held(options.sinceVersion(), VersionReader.NEWEST);
        return cursor(version, options, new MemoryCursor.Owner() {
            @Override
            public RuntimeException closed() {
                return owner.closed();
            }

            @Override
            public void released(MemoryCursor cursor) {
                history.release();
                owner.released(cursor);
            }
        });
    }

    /** A version, and the deletions since another one, that are kept until release. */
    private final class Held implements MemoryCursor.Owner {

        private final long since;
        private final long version;
        private final AtomicBoolean released = new AtomicBoolean();
        private volatile HandleTracker.@Nullable Handle handle;

        /**
         * Takes over a version.
         *
         * @param since deletions above it are kept, 0 for none
         * @param version what {@link Committer#beginReading} returned, or NEWEST when somebody else keeps it
         */
        private Held(long since, long version) {
            this.since = since;
            this.version = version;
            if (since > 0) {
                try {
                    committer.beginHistory(since);
                } catch (RuntimeException failure) {
                    endReading();
                    throw failure;
                }
            }
        }

        private void endReading() {
            if (version != VersionReader.NEWEST) {
                committer.endReading(version);
            }
        }

        @Override
        public RuntimeException closed() {
            committer.checkOpen();
            return new ClosedException(ErrorCode.SCOPE_ENDED, "store '" + arguments.store()
                    + "': this cursor is closed; open another one", Map.of("store", arguments.store()));
        }

        @Override
        public void released(MemoryCursor cursor) {
            release();
        }

        private void release() {
            if (released.compareAndSet(false, true)) {
                HandleTracker.Handle registered = handle;
                if (registered != null) {
                    registered.close();
                }
                if (since > 0) {
                    committer.endHistory(since);
                }
                endReading();
            }
        }
    }
}
