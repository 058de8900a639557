// SPDX-License-Identifier: Apache-2.0
package org.example.treap;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.kv.Snapshot;
import io.sett.spi.HandleTracker;

/** A moment of the store: a root that is kept. */
final class TreapSnapshot extends TreapReader implements Snapshot {

    private final TreapState state;
    private final HandleTracker.Handle handle;
    private volatile boolean closed;

    TreapSnapshot(TreapStore store, TreapState state) {
        super(store, () -> state);
        this.state = state;
        this.handle = store.handles().open("snapshot", this::end);
    }

    private void end() {
        closed = true;
    }

    @Override
    void check() {
        super.check();
        if (closed) {
            throw new ClosedException(ErrorCode.SCOPE_ENDED, "this snapshot is closed; take another one");
        }
    }

    @Override
    public long version() {
        check();
        return state.version();
    }

    @Override
    public void close() {
        end();
        handle.close();
    }
}
