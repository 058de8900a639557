// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteLimits;

/** Rewriting and checking a whole database. */
public final class Vacuum {

    private static final int LINES = 1000;

    private Vacuum() {
    }

    /** Rewrites the database. SQLite does it by way of an attached one, which is otherwise forbidden. */
    public static void run(Session session) throws SQLException {
        session.connection().setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 1);
        try {
            session.run("vacuum");
        } finally {
            session.connection().setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        }
    }

    /** What is wrong with the database, one line each; a full check compares indexes with their tables too. */
    public static List<String> check(Session session, boolean full) throws SQLException {
        List<String> problems = new ArrayList<>();
        try (Statement statement = session.connection().createStatement();
                ResultSet lines = statement.executeQuery("pragma " + (full ? "integrity_check(" : "quick_check(")
                        + LINES
                        + ")")) {
            while (lines.next()) {
                if (!"ok".equals(lines.getString(1))) {
                    problems.add(lines.getString(1));
                }
            }
        }
        return problems;
    }
}
