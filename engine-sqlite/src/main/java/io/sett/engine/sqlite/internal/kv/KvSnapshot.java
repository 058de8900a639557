// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.Snapshot;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** A version that is held until it is closed. Calls share a lock that closing takes alone. */
final class KvSnapshot extends ViewReader implements Snapshot {

    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private final Set<KvCursor> cursors = ConcurrentHashMap.newKeySet();
    private final HandleTracker.Handle handle;
    private @Nullable ClosedException closed;

    KvSnapshot(KvParts parts, ReadView view) {
        super(parts, view);
        this.handle = parts.handles().open("snapshot of version " + view.version(), () -> close(ErrorCode.STORE_CLOSED,
                "store '" + parts.arguments().store() + "': this snapshot was closed with its store"));
    }

    @Override
    public long version() {
        return view().version();
    }

    private void enter() {
        use.readLock().lock();
        if (closed != null) {
            use.readLock().unlock();
            throw new ClosedException(closed.code(), String.valueOf(closed.getMessage()), Map.of(), closed);
        }
    }

    @Override
    <T> T on(Deadline deadline, String what, Database.Work<T> work) {
        enter();
        try {
            return super.on(deadline, what, work);
        } finally {
            use.readLock().unlock();
        }
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        parts().arguments().checkCursor(options);
        enter();
        try {
            KvCursor[] opened = new KvCursor[1];
            opened[0] = KvCursor.open(parts(), view(), options, true, () -> cursors.remove(opened[0]));
            cursors.add(opened[0]);
            return opened[0];
        } finally {
            use.readLock().unlock();
        }
    }

    @Override
    public void close() {
        close(ErrorCode.SCOPE_ENDED, "this snapshot of version " + version() + " is closed; take another one");
    }

    private void close(ErrorCode code, String why) {
        ClosedException reason = new ClosedException(code, why);
        use.writeLock().lock();
        try {
            if (closed != null) {
                return;
            }
            closed = reason;
        } finally {
            use.writeLock().unlock();
        }
        Set.copyOf(cursors).forEach(cursor -> cursor.close(reason));
        handle.close();
        parts().views().release(view());
    }
}
