// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.engine.sqlite.internal.db.Session;
import io.sett.engine.sqlite.internal.text.SqlText;
import io.sett.engine.sqlite.internal.text.StatementKind;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * What a transaction has written, told to the query cache before and after its commit. For one user at a time, who has
 * the writer's connection.
 */
final class WrittenTables {

    private final SqlCore core;
    private final Set<String> tables = new HashSet<>();
    private boolean unknown;
    private boolean schema;
    private boolean announced;

    WrittenTables(SqlCore core) {
        this.core = core;
    }

    /** A statement is about to be run. */
    StatementPlan note(Session session, SqlText text) throws SQLException {
        StatementPlan plan = core.writePlan(session, text);
        tables.addAll(plan.writes());
        unknown |= !plan.known();
        if (text.kind() == StatementKind.SCHEMA) {
            schema = true;
            core.database().schemaChanged();
        }
        return plan;
    }

    /** A statement has run. Statements prepared before a change of the schema would remember old columns. */
    void ran(Session session, SqlText text) throws SQLException {
        if (text.kind() == StatementKind.SCHEMA) {
            core.database().schemaChanged();
            session.forgetIfOlder(core.database().schemaEpoch());
        }
    }

    /** The commit begins: others may see it from now on. */
    void beginVisible() {
        announced = true;
        if (schema || unknown) {
            core.cache().ifPresent(QueryCache::beginAll);
        } else {
            core.cache().ifPresent(cache -> cache.beginWrite(tables));
        }
    }

    /** The transaction has ended, one way or the other. */
    void end() {
        if (schema) {
            core.database().schemaChanged();
        }
        if (!announced) {
            return;
        }
        if (schema || unknown) {
            core.cache().ifPresent(QueryCache::endAll);
        } else {
            core.cache().ifPresent(cache -> cache.endWrite(tables));
        }
    }
}
