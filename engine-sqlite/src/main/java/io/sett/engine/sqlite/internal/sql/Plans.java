// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.engine.sqlite.internal.db.Session;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers the plans of statements until the schema changes. Bounded; safe for many threads. */
final class Plans {

    private static final int CAPACITY = 1024;

    private record Generation(long epoch, ConcurrentHashMap<String, StatementPlan> plans) {
    }

    private volatile Generation current = new Generation(-1, new ConcurrentHashMap<>());

    /**
     * The plan of a statement.
     *
     * @param epoch that of the schema, read before anything of it was seen
     */
    StatementPlan of(Session session, String sql, long epoch) throws SQLException {
        Generation generation = current;
        if (generation.epoch < epoch || generation.plans.size() >= CAPACITY) {
            generation = new Generation(epoch, new ConcurrentHashMap<>());
            current = generation;
        }
        if (generation.epoch > epoch) {
            return PlanReader.read(session, sql);
        }
        StatementPlan plan = generation.plans.get(sql);
        if (plan == null) {
            plan = PlanReader.read(session, sql);
            generation.plans.put(sql, plan);
        }
        return plan;
    }
}
