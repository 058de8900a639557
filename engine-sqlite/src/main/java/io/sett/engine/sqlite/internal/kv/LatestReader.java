// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.spi.Deadline;
import java.sql.SQLException;

/** Reads what is committed at the moment of each call. */
final class LatestReader extends TableReader {

    private final boolean tracked;

    /**
     * A reader.
     *
     * @param tracked whether cursors are registered as handles; those of transactions belong to their transaction
     */
    LatestReader(KvParts parts, boolean tracked) {
        super(parts);
        this.tracked = tracked;
    }

    @Override
    <T> T on(Deadline deadline, String what, Database.Work<T> work) {
        return parts().database().reading(deadline, what, work);
    }

    @Override
    <T> T atOneMoment(Deadline deadline, String what, Database.Work<T> work) {
        return on(deadline, what, session -> inTransaction(session, work));
    }

    private static <T> T inTransaction(Session session, Database.Work<T> work) throws SQLException {
        session.run("begin");
        try {
            return work.on(session);
        } finally {
            session.run("rollback");
        }
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        parts().arguments().checkCursor(options);
        ReadView view = parts().views().acquire(parts().database().deadline(options.read().timeout()), "cursor");
        return KvCursor.open(parts(), view, options, tracked, () -> parts().views().release(view));
    }
}
