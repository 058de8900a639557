// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.spi.Deadline;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads one version; for transactions. Its cursors must be closed before the version is released. */
class ViewReader extends TableReader {

    private final ReadView view;
    private final AtomicInteger cursors = new AtomicInteger();

    ViewReader(KvParts parts, ReadView view) {
        super(parts);
        this.view = view;
    }

    /** Whether cursors of it are open. */
    final boolean hasCursors() {
        return cursors.get() > 0;
    }

    final ReadView view() {
        return view;
    }

    @Override
    <T> T on(Deadline deadline, String what, Database.Work<T> work) {
        Session session = view.session();
        view.lock().lock();
        try {
            session.enter(deadline, what);
            try {
                return work.on(session);
            } catch (SQLException failed) {
                throw session.error(what, Optional.empty(), failed);
            } finally {
                session.leave();
            }
        } finally {
            view.lock().unlock();
        }
    }

    @Override
    final <T> T atOneMoment(Deadline deadline, String what, Database.Work<T> work) {
        return on(deadline, what, work);
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        parts().arguments().checkCursor(options);
        cursors.incrementAndGet();
        return KvCursor.open(parts(), view, options, false, cursors::decrementAndGet);
    }
}
