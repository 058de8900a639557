// SPDX-License-Identifier: Apache-2.0
package org.example.treap;

import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.spi.HandleTracker;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A position in one root; every move is a search from the root. */
final class TreapCursor implements Cursor {

    private enum Place { NEW, ON, OFF }

    private final TreapReader reader;
    private final @Nullable Treap root;
    private final CursorOptions options;
    private final SliceScope scope = new SliceScope("the cursor position");
    private final HandleTracker.Handle handle;
    private Place place = Place.NEW;
    private @Nullable Treap current;
    private volatile boolean closed;

    TreapCursor(TreapReader reader, HandleTracker handles, @Nullable Treap root, CursorOptions options) {
        this.reader = reader;
        this.root = root;
        this.options = options;
        this.handle = handles.open("cursor", this::end);
    }

    private void end() {
        closed = true;
    }

    private void check() {
        reader.check();
        if (closed) {
            throw new ClosedException(ErrorCode.SCOPE_ENDED, "this cursor is closed; open another one");
        }
    }

    /** Stands on the entry if it lies in the range. */
    private boolean land(@Nullable Treap entry) {
        scope.end();
        boolean inside = entry != null && options.range().contains(entry.key());
        current = inside ? entry : null;
        place = inside ? Place.ON : Place.OFF;
        return inside;
    }

    private @Nullable Treap lowest(byte @Nullable [] key, boolean inclusive) {
        byte[] start = options.range().start().orElse(null);
        return key == null || options.range().isBelow(key) ? Treap.up(root, start, true) : Treap.up(root, key, inclusive);
    }

    private @Nullable Treap highest(byte @Nullable [] key, boolean inclusive) {
        byte[] end = options.range().end().orElse(null);
        return key == null || options.range().isAbove(key) ? Treap.down(root, end, false)
                : Treap.down(root, key, inclusive);
    }

    private boolean edge(boolean low) {
        check();
        return land(low ? lowest(null, true) : highest(null, true));
    }

    private boolean step(boolean up) {
        check();
        if (place == Place.NEW) {
            return edge(up);
        }
        if (current == null) {
            return false;
        }
        return land(up ? lowest(current.key(), false) : highest(current.key(), false));
    }

    @Override
    public boolean first() {
        return edge(!options.reverse());
    }

    @Override
    public boolean last() {
        return edge(options.reverse());
    }

    @Override
    public boolean seek(byte[] key) {
        check();
        return land(options.reverse() ? highest(key, true) : lowest(key, true));
    }

    @Override
    public boolean seekForPrev(byte[] key) {
        check();
        return land(options.reverse() ? lowest(key, true) : highest(key, true));
    }

    @Override
    public boolean next() {
        return step(!options.reverse());
    }

    @Override
    public boolean prev() {
        return step(options.reverse());
    }

    @Override
    public boolean isPositioned() {
        check();
        return current != null;
    }

    private Treap entryHere() {
        check();
        if (current == null) {
            throw new InvalidOperationException(ErrorCode.NOT_POSITIONED,
                    "the cursor stands on no entry; read only after a move that returned true");
        }
        return current;
    }

    @Override
    public Slice keySlice() {
        byte[] key = entryHere().key();
        return scope.slice(key, 0, key.length);
    }

    @Override
    public Slice valueSlice() {
        byte[] value = entryHere().value();
        return scope.slice(value, 0, value.length);
    }

    @Override
    public long version() {
        return entryHere().version();
    }

    @Override
    public Optional<Instant> expiresAt() {
        entryHere();
        return Optional.empty();
    }

    @Override
    public byte metadata() {
        entryHere();
        return 0;
    }

    @Override
    public boolean isDeletion() {
        entryHere();
        return false;
    }

    @Override
    public void close() {
        end();
        scope.end();
        handle.close();
    }
}
