// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.common.Durability;
import io.sett.api.common.KeyRange;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.Prepared;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.engine.sqlite.internal.db.SyncMode;
import io.sett.spi.Deadline;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.PendingWrite;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes commits into the table: a group as one transaction of SQLite, a single write as one statement, which SQLite
 * commits by itself for less than {@code begin} and {@code commit} cost. For whose turn it is to write.
 *
 * <p>The stored version runs ahead in steps, so that a commit need not write it; after a crash the versions of one step
 * may be skipped.
 */
final class GroupWriter {

    private static final long VERSION_STEP = 4096;

    private final Database database;
    private final KvTable table;
    private final Visible visible;
    private final Expiries expiries;
    private long reserved;
    private boolean hasExpiry;

    GroupWriter(Database database, KvTable table, Visible visible, Expiries expiries) {
        this.expiries = expiries;
        this.database = database;
        this.table = table;
        this.visible = visible;
        this.reserved = visible.version();
    }

    /** Whether entries with a time to live have been written since this was asked. */
    boolean wroteExpiry() {
        boolean wrote = hasExpiry;
        hasExpiry = false;
        return wrote;
    }

    /** Writes commits that have their versions, in order, and makes them visible; all or none of them. */
    void write(Session session, List<PendingCommit> group) throws SQLException {
        boolean sync = false;
        for (PendingCommit pending : group) {
            sync |= pending.request().durability() == Durability.SYNC;
        }
        SyncMode mode = database.options().syncMode();
        session.sync(sync && !mode.survivesPowerCut() ? SyncMode.FULL : mode);
        PendingCommit first = group.get(0);
        if (group.size() == 1 && first.version <= reserved && isOneWrite(first.request())) {
            writeOne(session, first);
        } else {
            writeAll(session, group);
        }
    }

    private static boolean isOneWrite(CommitRequest request) {
        return request.writes().size() == 1 && request.writes().deletedRanges().isEmpty();
    }

    private void writeOne(Session session, PendingCommit pending) throws SQLException {
        database.writer().whenFree(pending.request().deadline(), "commit", () -> {
            long now = visible.version();
            visible.begin();
            try {
                apply(session, pending);
                now = pending.version;
            } finally {
                visible.end(now);
            }
        });
    }

    private void writeAll(Session session, List<PendingCommit> group) throws SQLException {
        database.writer().begin(Deadline.none(), "commit");
        boolean done = false;
        try {
            for (PendingCommit pending : group) {
                apply(session, pending);
            }
            long highest = group.get(group.size() - 1).version;
            long ahead = reserved;
            if (highest > ahead) {
                ahead = highest + VERSION_STEP;
                session.run(table.setState, ahead);
            }
            makeVisible(session, highest);
            reserved = ahead;
            done = true;
        } finally {
            if (!done && session.isInTransaction()) {
                session.run("rollback");
            }
        }
    }

    private void makeVisible(Session session, long highest) throws SQLException {
        long now = visible.version();
        visible.begin();
        try {
            session.run("commit");
            now = highest;
        } finally {
            visible.end(now);
        }
    }

    // --- applying ---

    private void apply(Session session, PendingCommit pending) throws SQLException {
        for (KeyRange range : pending.request().writes().deletedRanges()) {
            deleteRange(session, range);
        }
        if (pending.request().writes().size() == 0) {
            return;
        }
        Prepared upsert = session.take(table.upsert);
        Prepared delete = session.take(table.delete);
        try {
            for (PendingWrite write : pending.request().writes()) {
                if (write.isDeletion()) {
                    delete.finish(write.key());
                } else {
                    if (write.expiresAtMillis() != PendingWrite.NEVER) {
                        expiries.found();
                        hasExpiry = true;
                    }
                    upsert.finish(write.key(), write.value(), pending.version, write.expiresAtMillis(),
                            (long) write.metadata());
                }
            }
        } catch (SQLException failed) {
            session.drop(upsert, failed);
            session.drop(delete, failed);
            throw failed;
        }
        session.give(upsert);
        session.give(delete);
    }

    private void deleteRange(Session session, KeyRange range) throws SQLException {
        if (range.isEmpty()) {
            return;
        }
        List<Object> values = new ArrayList<>();
        KvTable.Bound low = range.start().map(key -> new KvTable.Bound(key, true)).orElse(null);
        KvTable.Bound high = range.end().map(key -> new KvTable.Bound(key, false)).orElse(null);
        range.start().ifPresent(values::add);
        range.end().ifPresent(values::add);
        session.run(table.deleteRange(low, high), values.toArray());
    }

    // --- other work ---

    /** Forces what is committed: the log is forced whole with a commit of the state row. */
    void flush(Deadline deadline) {
        database.exclusively(deadline, "flush", session -> {
            session.sync(database.options().syncMode().survivesPowerCut() ? database.options().syncMode()
                    : SyncMode.FULL);
            long ahead = Math.max(reserved, visible.version()) + 1;
            session.run(table.setState, ahead);
            reserved = ahead;
            return true;
        });
    }

    /** Removes entries that expired up to a moment, at most that many; answers how many. */
    long sweep(long nowMillis, int atMost) {
        return database.exclusively(Deadline.after(database.options().txTimeout()), "sweep", session -> {
            Prepared prepared = session.take(table.sweep);
            long removed;
            try {
                prepared.finish(nowMillis, (long) atMost);
                removed = prepared.changes();
            } catch (SQLException failed) {
                session.drop(prepared, failed);
                throw failed;
            }
            session.give(prepared);
            return removed;
        });
    }

    /** The earliest moment at which an entry expires, 0 when none does. */
    long earliestExpiry() {
        return database.reading(Deadline.after(database.options().txTimeout()), "earliestExpiry",
                session -> session.number(table.earliest));
    }

    /** Writes down the exact version. */
    void close(Session session) throws SQLException {
        if (reserved != visible.version()) {
            session.run(table.setState, visible.version());
        }
    }
}
