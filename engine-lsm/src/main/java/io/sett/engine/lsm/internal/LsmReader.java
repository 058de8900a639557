// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.ReadOptions;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.EntryRef;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.UseCount;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.read.PointLookup;
import io.sett.engine.lsm.internal.read.ReadAhead;
import io.sett.engine.lsm.internal.read.ReadView;
import io.sett.engine.lsm.internal.read.SnapshotCursor;
import io.sett.engine.lsm.internal.read.ViewCursors;
import io.sett.engine.lsm.internal.txn.Oracle;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import io.sett.spi.kv.KVArguments;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one version of the store, or whatever is newest at each call. Any thread. */
final class LsmReader implements KVReader {

    /** Stands for "the newest at each call". */
    static final long NEWEST = -1;

    /** What reading needs; one for each store. */
    record Parts(KVArguments arguments, OpenFlag open, Views views, Oracle oracle, PointLookup lookup, Clock clock,
            HandleTracker handles, LsmStats stats, Duration timeout, ValueLog values, ReadAhead.Setting readAhead) {
    }

    private final Parts parts;
    private final long version;
    private final boolean tracksCursors;
    private final @Nullable OpenCursors owner;

    /**
     * A reader.
     *
     * @param version which one, held by the caller for as long as it is read; or {@link #NEWEST}
     * @param tracksCursors whether cursors are registered as handles of the store; not those of a transaction, which
     *     closes its own
     */
    LsmReader(Parts parts, long version, boolean tracksCursors) {
        this(parts, version, tracksCursors, null);
    }

    /** A reader whose cursors belong to a snapshot. */
    LsmReader(Parts parts, long version, OpenCursors owner) {
        this(parts, version, true, owner);
    }

    private LsmReader(Parts parts, long version, boolean tracksCursors, @Nullable OpenCursors owner) {
        this.parts = parts;
        this.version = version;
        this.tracksCursors = tracksCursors;
        this.owner = owner;
    }

    /** Takes what it needs from a cell while the view is held. */
    private interface Take<T> {
        T take(EntryRef entry, ValueCell cell, ValueLog values);
    }

    /** Classes and not lambdas: the first get of a program is then milliseconds quicker. */
    private static final class Copy implements Take<byte[]> {

        private static final Copy INSTANCE = new Copy();

        @Override
        public byte[] take(EntryRef entry, ValueCell cell, ValueLog values) {
            if (entry.kind() == EntryKind.PUT_POINTER) {
                return values.read(PointLookup.pointer(entry, cell));
            }
            int from = cell.payloadOffset();
            return Arrays.copyOfRange(cell.array(), from, from + cell.payloadLength());
        }
    }

    private static final class Found implements Take<Boolean> {

        private static final Found INSTANCE = new Found();

        @Override
        public Boolean take(EntryRef entry, ValueCell cell, ValueLog values) {
            return Boolean.TRUE;
        }
    }

    private <T> @Nullable T lookUp(byte[] key, ReadOptions options, Take<T> take) {
        parts.open().check();
        Duration timeout = options.timeoutOrNull();
        Deadline deadline = timeout == null ? Deadline.none() : Deadline.after(timeout);
        long begun = parts.stats().sample();
        ReadView view = parts.views().current();
        int token = view.acquire();
        while (token == UseCount.RETIRED) {
            view = parts.views().afterRetired();
            token = view.acquire();
        }
        try {
            // The version is looked up behind the view: a compaction may have dropped what only older versions see.
            long snapshot = version == NEWEST ? parts.oracle().visible() : version;
            ValueCell cell = new ValueCell();
            EntryRef entry = new EntryRef();
            boolean found = parts.lookup().value(view, key, 0, key.length, snapshot, parts.clock().millis(), entry,
                    cell);
            T result = found ? take.take(entry, cell, parts.values()) : null;
            if (!deadline.isNone()) {
                deadline.check("a read of store '" + parts.arguments().store() + "'");
            }
            return result;
        } finally {
            view.release(token);
            parts.stats().gotOne(begun);
        }
    }

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        parts.arguments().checkKey(key);
        return Optional.ofNullable(lookUp(key, options, Copy.INSTANCE));
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        parts.arguments().checkKey(key);
        return lookUp(key, options, Found.INSTANCE) != null;
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options) {
        parts.arguments().checkKey(key);
        Optional<T> result = lookUp(key, options, (entry, cell, values) -> entry.kind() == EntryKind.PUT_POINTER
                ? showSeparated(PointLookup.pointer(entry, cell), reader)
                : show(cell.array(), cell.payloadOffset(), cell.payloadLength(), reader));
        return result == null ? Optional.empty() : result;
    }

    private <T> Optional<T> showSeparated(ValuePointer pointer, Function<? super Slice, ? extends T> reader) {
        byte[] buffer = parts.values().borrow(pointer);
        try {
            return show(buffer, 0, pointer.length(), reader);
        } finally {
            parts.values().giveBack(buffer);
        }
    }

    private <T> Optional<T> show(byte[] array, int offset, int length, Function<? super Slice, ? extends T> reader) {
        SliceScope scope = new SliceScope("a call of read");
        try {
            return parts.arguments().<T>result(reader.apply(scope.slice(array, offset, length)));
        } finally {
            scope.end();
        }
    }

    @Override
    public List<Optional<byte[]>> getMany(List<byte[]> keys, ReadOptions options) {
        parts.open().check();
        if (version != NEWEST) {
            return KVReader.super.getMany(keys, options);
        }
        long held = parts.oracle().beginReading();
        try {
            return new LsmReader(parts, held, false).getMany(keys, options);
        } finally {
            parts.oracle().endReading(held);
        }
    }

    /** Lets go of what a cursor holds; once. */
    private final class Lease implements Runnable {

        private final Views.Use use;
        private final long held;
        private HandleTracker.@Nullable Handle handle;
        private @Nullable Cursor owned;

        private Lease(Views.Use use, long held) {
            this.use = use;
            this.held = held;
        }

        @Override
        public void run() {
            use.release();
            parts.oracle().endReading(held);
            HandleTracker.Handle registered = handle;
            if (registered != null) {
                registered.close();
            }
            Cursor cursor = owned;
            if (cursor != null && owner != null) {
                owner.remove(cursor);
            }
        }
    }

    /** Opens what a cursor reads, once for itself and once for reading ahead. */
    private record Sources(ReadView view, CursorOptions options, long snapshot) implements Supplier<InternalCursor> {

        @Override
        public InternalCursor get() {
            return ViewCursors.open(view, options.range().start().orElse(null), options.range().end().orElse(null),
                    options.read().fillCache(), snapshot, !options.allVersions() && options.sinceVersion() == 0);
        }
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        parts.open().check();
        long begun = parts.stats().sample();
        parts.arguments().checkCursor(options);
        long held = version == NEWEST ? parts.oracle().beginReading() : version;
        if (version != NEWEST) {
            parts.oracle().readAgain(held);
        }
        Lease lease = new Lease(parts.views().use(), held);
        try {
            Sources sources = new Sources(lease.use.view(), options, held);
            CursorOptions timed = options.read().timeout().isPresent() ? options
                    : options.withRead(options.read().withTimeout(parts.timeout()));
            SnapshotCursor cursor = new SnapshotCursor(sources.get(), held, timed, parts.values(), parts.clock()::millis,
                    parts.arguments().store(), lease).readingAhead(parts.readAhead(), sources);
            if (tracksCursors) {
                lease.handle = parts.handles().open("cursor", cursor::close);
            }
            if (owner != null) {
                lease.owned = cursor;
                owner.add(cursor);
            }
            parts.stats().cursorOpened(begun);
            return cursor;
        } catch (RuntimeException | Error e) {
            lease.run();
            throw e;
        }
    }
}
