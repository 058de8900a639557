// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.FormatVersionException;
import io.sett.engine.sqlite.internal.db.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a store and the statements on them. BLOBs compare as unsigned bytes, shorter ones first, which is the
 * order of keys; a table without row ids is one tree by key.
 *
 * <pre>
 * &lt;table&gt;        key BLOB primary key | value BLOB | version INTEGER | expires INTEGER | meta INTEGER
 *                expires: milliseconds since 1970, 0 for never
 * &lt;table&gt;_state  id = 1 | format INTEGER | version INTEGER
 *                version: not below that of any commit; the exact one after a clean close
 * </pre>
 */
final class KvTable {

    /** The version of the layout above. */
    static final int FORMAT = 1;

    private final String name;
    final String get;
    final String entry;
    final String upsert;
    final String delete;
    final String sweep;
    final String setState;
    final String earliest;

    KvTable(String table) {
        this.name = "\"" + table + "\"";
        this.get = "select value, expires from " + name + " where key = ?";
        this.entry = "select value, version, expires, meta from " + name + " where key = ?";
        this.upsert = "insert into " + name + " (key, value, version, expires, meta) values (?, ?, ?, ?, ?) "
                + "on conflict (key) do update set value = excluded.value, version = excluded.version, "
                + "expires = excluded.expires, meta = excluded.meta";
        this.delete = "delete from " + name + " where key = ?";
        this.sweep = "delete from " + name + " where key in (select key from " + name
                + " where expires > 0 and expires <= ? limit ?)";
        this.earliest = "select min(expires) from " + name + " where expires > 0";
        this.setState = "update \"" + table + "_state\" set version = ? where id = 1";
    }

    /** Makes the tables if they are missing, and answers the version they are at. */
    long prepare(Session session, String store, Path file) throws SQLException {
        String state = name.substring(0, name.length() - 1) + "_state\"";
        String index = name.substring(0, name.length() - 1) + "_expires\"";
        session.run("begin immediate");
        boolean done = false;
        try {
            session.run("create table if not exists " + name + " (key blob primary key not null, value blob not null, "
                    + "version integer not null, expires integer not null, meta integer not null) without rowid");
            session.run("create index if not exists " + index + " on " + name + " (expires) where expires > 0");
            session.run("create table if not exists " + state
                    + " (id integer primary key check (id = 1), format integer not null, version integer not null)");
            session.run("insert or ignore into " + state + " (id, format, version) values (1, ?, 0)", (long) FORMAT);
            long format = session.number("select format from " + state);
            if (format != FORMAT) {
                throw new FormatVersionException(ErrorCode.FORMAT_VERSION, "store '" + store + "': the key-value table "
                        + name + " in " + file + " has format " + format + ", this version reads format " + FORMAT
                        + "; open it with the version that made it", Map.of("file", file, "format", format));
            }
            long version = session.number("select version from " + state);
            session.run("commit");
            done = true;
            return version;
        } finally {
            if (!done) {
                session.run("rollback");
            }
        }
    }

    /** Rows between two bounds in one direction. */
    String scan(@Nullable Bound low, @Nullable Bound high, boolean up) {
        return "select key, value, version, expires, meta from " + name + where(low, high, false) + " order by key"
                + (up ? "" : " desc");
    }

    /** The number of unexpired rows between two bounds; the moment is the last parameter. */
    String count(@Nullable Bound low, @Nullable Bound high) {
        return "select count(*) from " + name + where(low, high, true);
    }

    /** Removes the rows between two bounds. */
    String deleteRange(@Nullable Bound low, @Nullable Bound high) {
        return "delete from " + name + where(low, high, false);
    }

    private static String where(@Nullable Bound low, @Nullable Bound high, boolean unexpired) {
        StringBuilder text = new StringBuilder();
        if (low != null) {
            text.append(low.inclusive() ? " key >= ?" : " key > ?");
        }
        if (high != null) {
            text.append(text.isEmpty() ? "" : " and").append(high.inclusive() ? " key <= ?" : " key < ?");
        }
        if (unexpired) {
            text.append(text.isEmpty() ? "" : " and").append(" (expires = 0 or expires > ?)");
        }
        return text.isEmpty() ? "" : " where" + text;
    }

    /**
     * One end of a scan.
     *
     * @param key where it is
     * @param inclusive whether the key itself belongs to it
     */
    record Bound(byte[] key, boolean inclusive) {
    }
}
