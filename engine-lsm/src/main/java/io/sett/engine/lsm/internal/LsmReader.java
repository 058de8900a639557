// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Slice;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.ReadOptions;
import io.sett.engine.lsm.internal.base.EntryKind;
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
            HandleTracker handles, LsmStats stats, Duration timeout, ValueLog values, ReadAhead.Setting readAhead,
            Lookup.Pool lookups) {
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

    /** Finds the value of a key; what it found is to be {@linkplain #end given back}. */
    private Lookup lookUp(byte[] key, ReadOptions options) {
        parts.open().check();
        Duration timeout = options.timeoutOrNull();
        Lookup lookup = parts.lookups().take();
        lookup.deadline = timeout == null ? Deadline.none() : Deadline.after(timeout);
        lookup.begun = parts.stats().sample();
        lookup.found = false;
        ReadView view = parts.views().current();
        int token = view.acquire();
        while (token == UseCount.RETIRED) {
            view = parts.views().afterRetired();
            token = view.acquire();
        }
        lookup.view = view;
        lookup.token = token;
        try {
            // The version is looked up behind the view: a compaction may have dropped what only older versions see.
            long snapshot = version == NEWEST ? parts.oracle().visible() : version;
            lookup.found = parts.lookup().value(view, key, 0, key.length, snapshot, parts.clock(), lookup.entry,
                    lookup.cell);
            return lookup;
        } catch (RuntimeException | Error e) {
            end(lookup);
            throw e;
        }
    }

    private void end(Lookup lookup) {
        ReadView view = lookup.view;
        if (view != null) {
            view.release(lookup.token);
        }
        parts.stats().gotOne(lookup.begun);
        parts.lookups().giveBack(lookup);
    }

    private <T> T inTime(Lookup lookup, T result) {
        if (!lookup.deadline.isNone()) {
            lookup.deadline.check("a read of store '" + parts.arguments().store() + "'");
        }
        return result;
    }

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        parts.arguments().checkKey(key);
        Lookup lookup = lookUp(key, options);
        try {
            return inTime(lookup, lookup.found ? Optional.of(copy(lookup)) : Optional.empty());
        } finally {
            end(lookup);
        }
    }

    private byte[] copy(Lookup lookup) {
        ValueCell cell = lookup.cell;
        if (lookup.entry.kind() == EntryKind.PUT_POINTER) {
            return parts.values().read(PointLookup.pointer(lookup.entry, cell));
        }
        int from = cell.payloadOffset();
        return Arrays.copyOfRange(cell.array(), from, from + cell.payloadLength());
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        parts.arguments().checkKey(key);
        Lookup lookup = lookUp(key, options);
        try {
            return inTime(lookup, lookup.found);
        } finally {
            end(lookup);
        }
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options) {
        parts.arguments().checkKey(key);
        Lookup lookup = lookUp(key, options);
        try {
            if (!lookup.found) {
                return inTime(lookup, Optional.empty());
            }
            ValueCell cell = lookup.cell;
            return inTime(lookup, lookup.entry.kind() == EntryKind.PUT_POINTER
                    ? showSeparated(lookup, PointLookup.pointer(lookup.entry, cell), reader)
                    : show(lookup, cell.array(), cell.payloadOffset(), cell.payloadLength(), reader));
        } finally {
            end(lookup);
        }
    }

    private <T> Optional<T> showSeparated(Lookup lookup, ValuePointer pointer,
            Function<? super Slice, ? extends T> reader) {
        byte[] buffer = parts.values().borrow(pointer);
        try {
            return show(lookup, buffer, 0, pointer.length(), reader);
        } finally {
            parts.values().giveBack(buffer);
        }
    }

    private <T> Optional<T> show(Lookup lookup, byte[] array, int offset, int length,
            Function<? super Slice, ? extends T> reader) {
        try {
            return parts.arguments().<T>result(reader.apply(lookup.scope.slice(array, offset, length)));
        } finally {
            lookup.scope.end();
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
            SnapshotCursor cursor = new SnapshotCursor(sources.get(), held, timed, parts.values(),
                    parts.clock()::millis, parts.arguments().store(), lease).readingAhead(parts.readAhead(), sources);
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
