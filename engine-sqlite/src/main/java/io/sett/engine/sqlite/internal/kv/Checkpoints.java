// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.engine.sqlite.internal.db.Prepared;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.spi.log.Loggers;
import java.sql.SQLException;
import org.slf4j.Logger;

/**
 * Copies the write-ahead log into the database now and then. SQLite by itself would try after each commit once the log
 * is long, and with readers coming and going each try forces the device and the log still grows. Here a try is made
 * after about four thousand pages, and when the log has become long all the same, one that waits a moment for
 * readers, so that the log can begin anew.
 *
 * <p>Threads: that of the one whose turn it is to write.
 */
final class Checkpoints {

    private static final Logger LOG = Loggers.of(Checkpoints.class);
    private static final long EVERY_PAGES = 4000;
    private static final long LONG_LOG_PAGES = 4 * EVERY_PAGES;

    private final String store;
    private final long pageSize;
    private long pages;

    Checkpoints(String store, long pageSize) {
        this.store = store;
        this.pageSize = pageSize;
    }

    /** A group has written so much: each write touches a page, mostly one of its own. */
    void written(Session session, long writes, long bytes) {
        pages += Math.max(1, writes) + bytes / pageSize;
        if (pages < EVERY_PAGES) {
            return;
        }
        pages = 0;
        try {
            if (run(session, "pragma wal_checkpoint(passive)") > LONG_LOG_PAGES) {
                run(session, "pragma wal_checkpoint(restart)");
            }
        } catch (SQLException failed) {
            LOG.warn("Store '{}': the write-ahead log could not be copied, the next commits try again", store, failed);
        }
    }

    /** Runs a checkpoint; answers the length of the log in pages. */
    private static long run(Session session, String sql) throws SQLException {
        Prepared prepared = session.take(sql);
        long log = 0;
        try {
            if (prepared.start()) {
                log = prepared.integer(1);
                prepared.reset();
            }
        } catch (SQLException failed) {
            session.drop(prepared, failed);
            throw failed;
        }
        session.give(prepared);
        return log;
    }
}
