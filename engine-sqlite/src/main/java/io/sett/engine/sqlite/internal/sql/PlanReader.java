// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.engine.sqlite.internal.db.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learns from the program that SQLite makes of a statement ({@code explain}, https://sqlite.org/opcode.html) which
 * tables
 * it reads and writes: the root pages that it opens, looked up in the schema. Programs of triggers are part of the
 * listing. What it does not know makes the plan unknown, which is always safe.
 */
final class PlanReader {

    private static final int LAST_ROW_ID = 0x20;
    private static final Set<String> CHANGING = Set.of("random", "randomblob", "changes", "total_changes",
            "last_insert_rowid", "date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff",
            "current_time", "current_date", "current_timestamp", "load_extension", "sqlite_offset");

    private final Session session;
    private final Map<Long, String> tables = new HashMap<>();
    private final Set<String> reads = new HashSet<>();
    private final Set<String> writes = new HashSet<>();
    private boolean known = true;
    private boolean repeatable = true;
    private boolean makesRowId;
    private boolean inMain = true;
    private int programs;

    private PlanReader(Session session) {
        this.session = session;
    }

    /** The plan of a statement as this connection sees the schema. */
    static StatementPlan read(Session session, String sql) throws SQLException {
        PlanReader reader = new PlanReader(session);
        try (Statement statement = session.connection().createStatement()) {
            try (ResultSet schema = statement.executeQuery("select rootpage, tbl_name from sqlite_schema "
                    + "where rootpage > 0")) {
                while (schema.next()) {
                    reader.tables.put(schema.getLong(1), schema.getString(2).toLowerCase(Locale.ROOT));
                }
            }
        }
        try (var program = session.connection().prepareStatement("explain " + sql);
                ResultSet steps = program.executeQuery()) {
            while (steps.next()) {
                reader.step(steps);
            }
        }
        return new StatementPlan(reader.reads, reader.writes, reader.known, reader.repeatable, reader.makesRowId);
    }

    private void step(ResultSet step) throws SQLException {
        if (step.getInt(1) == 0 && ++programs > 1) {
            inMain = false;
        }
        String code = step.getString(2);
        switch (code) {
            case "OpenRead", "ReopenIdx" -> note(reads, step.getLong(4), step.getLong(5));
            case "OpenWrite" -> {
                known &= (step.getInt(7) & 0x10) == 0;
                note(writes, step.getLong(4), step.getLong(5));
            }
            case "Clear" -> note(writes, step.getLong(3), step.getLong(4));
            case "Insert" -> makesRowId |= inMain && (step.getInt(7) & LAST_ROW_ID) != 0;
            case "VUpdate" -> {
                makesRowId |= inMain;
                known = false;
            }
            case "VOpen", "Destroy", "CreateBtree", "ParseSchema", "DropTable", "DropIndex", "DropTrigger",
                    "SetCookie", "Vacuum", "JournalMode", "LoadAnalysis" -> known = false;
            case "Function", "PureFunc", "AggStep", "AggStep1" -> function(step.getString(6));
            default -> { }
        }
    }

    private void note(Set<String> touched, long root, long database) {
        String table = database == 0 ? tables.get(root) : null;
        if (table == null) {
            known = false;
        } else {
            touched.add(table);
        }
    }

    private void function(@Nullable String call) {
        int open = call == null ? -1 : call.indexOf('(');
        if (call == null || open < 0 || CHANGING.contains(call.substring(0, open).toLowerCase(Locale.ROOT))) {
            repeatable = false;
        }
    }
}
