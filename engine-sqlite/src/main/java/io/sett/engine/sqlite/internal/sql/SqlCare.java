// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.sql.SqlStatement;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.engine.sqlite.internal.db.Vacuum;
import io.sett.engine.sqlite.internal.text.SqlScanner;
import io.sett.engine.sqlite.internal.text.SqlText;
import io.sett.spi.Deadline;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looking after the database of a SQL store. */
final class SqlCare {

    private final SqlCore core;

    SqlCare(SqlCore core) {
        this.core = core;
    }

    void vacuum(Deadline deadline) {
        core.cache().ifPresent(QueryCache::beginAll);
        try {
            core.database().exclusively(deadline, "vacuum", session -> {
                Vacuum.run(session);
                return true;
            });
        } finally {
            core.database().schemaChanged();
            core.cache().ifPresent(QueryCache::endAll);
        }
    }

    void analyze(Deadline deadline) {
        core.database().exclusively(deadline, "analyze", session -> {
            session.run("analyze");
            return true;
        });
        core.database().schemaChanged();
    }

    List<String> integrityCheck(Deadline deadline) {
        return core.database().reading(deadline, "integrityCheck", SqlCare::check);
    }

    /** What SQLite finds, and foreign keys that point nowhere. */
    static List<String> check(Session session) throws SQLException {
        List<String> problems = new ArrayList<>(Vacuum.check(session, true));
        SqlText keys = SqlScanner.one("pragma foreign_key_check");
        problems.addAll(Runner.query(session, keys, new Object[0], row -> "table " + row.getString(0) + ", row "
                + row.optString(1).orElse("?") + " refers to a row of " + row.getString(2) + " that is not there",
                null));
        return List.copyOf(problems);
    }

    List<String> explain(SqlStatement statement, Deadline deadline) {
        core.database().checkOpen();
        SqlText text = core.text(statement.sql());
        var values = SqlValues.of(text, statement);
        SqlText plan = new SqlText("explain query plan " + text.sql(), text.kind(), text.parameterCount(),
                text.names());
        return core.database().reading(deadline, "explain", session -> {
            Map<Long, Integer> depths = new HashMap<>();
            return Runner.query(session, plan, values, row -> {
                int depth = depths.getOrDefault(row.getLong(1), -1) + 1;
                depths.put(row.getLong(0), depth);
                return "  ".repeat(depth) + row.getString(3);
            }, null);
        });
    }

    int schemaVersion(Deadline deadline) {
        return core.database().reading(deadline, "schemaVersion", session -> (int) session.number(
                "pragma user_version"));
    }
}
