// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.kv.Cursor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open cursors of a snapshot, which are closed with it. Any thread. */
final class OpenCursors {

    private final Set<Cursor> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Registers a cursor; it is closed at once when the snapshot has been closed meanwhile. */
    void add(Cursor cursor) {
        open.add(cursor);
        if (closed) {
            cursor.close();
        }
    }

    void remove(Cursor cursor) {
        open.remove(cursor);
    }

    void closeAll() {
        closed = true;
        for (Cursor cursor : open) {
            cursor.close();
        }
    }
}
