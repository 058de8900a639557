// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Cursor;
import io.sett.spi.HandleTracker;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A walk over a list. */
final class ReferenceCursor implements Cursor {

    private static final int FRESH = -1;
    private static final int OFF = -2;

    private final ReferenceStore store;
    private final boolean reverse;
    private final List<Version> entries;
    private final Runnable onClose;
    private final HandleTracker.@Nullable Handle handle;
    private final SliceScope scope = new SliceScope("a cursor position");
    private int position = FRESH;
    private volatile boolean closed;

    ReferenceCursor(ReferenceStore store, boolean reverse, List<Version> entries, Runnable onClose) {
        this.store = store;
        this.reverse = reverse;
        this.entries = entries;
        this.onClose = onClose;
        this.handle = store.handles.open("cursor", this::close);
    }

    private boolean moveTo(int target) {
        check();
        if (store.fault != Fault.LIVING_SLICE) {
            scope.end();
        }
        position = target >= 0 && target < entries.size() ? target : OFF;
        return position != OFF;
    }

    private void check() {
        store.checkOpen();
        if (closed) {
            throw new ClosedException(ErrorCode.SCOPE_ENDED, "this cursor of store '" + store.name() + "' is closed");
        }
    }

    private int compare(byte[] left, byte[] right) {
        int order = Arrays.compareUnsigned(left, right);
        return reverse ? -order : order;
    }

    @Override
    public boolean first() {
        return moveTo(0);
    }

    @Override
    public boolean last() {
        return moveTo(entries.size() - 1);
    }

    @Override
    public boolean seek(byte[] key) {
        int target = 0;
        while (target < entries.size() && compare(entries.get(target).key(), key) < 0) {
            target++;
        }
        return moveTo(target);
    }

    @Override
    public boolean seekForPrev(byte[] key) {
        int target = entries.size() - 1;
        while (target >= 0 && compare(entries.get(target).key(), key) > 0) {
            target--;
        }
        return moveTo(target);
    }

    @Override
    public boolean next() {
        return moveTo(position == FRESH ? 0 : position == OFF ? OFF : position + 1);
    }

    @Override
    public boolean prev() {
        return moveTo(position == FRESH ? entries.size() - 1 : position == OFF ? OFF : position - 1);
    }

    @Override
    public boolean isPositioned() {
        check();
        return position >= 0;
    }

    private Version here() {
        check();
        if (position < 0) {
            throw new InvalidOperationException(ErrorCode.NOT_POSITIONED, "this cursor of store '" + store.name()
                    + "' stands on no entry");
        }
        return entries.get(position);
    }

    @Override
    public Slice keySlice() {
        byte[] key = here().key();
        return scope.slice(key, 0, key.length);
    }

    @Override
    public Slice valueSlice() {
        byte[] value = here().value();
        return scope.slice(value, 0, value.length);
    }

    @Override
    public long version() {
        return here().number();
    }

    @Override
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(here().expiry());
    }

    @Override
    public byte metadata() {
        return here().metadata();
    }

    @Override
    public boolean isDeletion() {
        return here().deletion();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            scope.end();
            onClose.run();
            if (handle != null && store.fault != Fault.LEAK) {
                handle.close();
            }
        }
    }
}
