// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import java.util.Set;

/**
 * What a statement touches, triggers and foreign keys included.
 *
 * @param reads tables that it reads
 * @param writes tables that it writes
 * @param known whether the two are the whole truth; false for virtual tables and changes of the schema
 * @param repeatable whether its result depends on nothing but its parameters and these tables
 * @param makesRowId whether it inserts rows that get an integer key
 */
record StatementPlan(Set<String> reads, Set<String> writes, boolean known, boolean repeatable, boolean makesRowId) {

    StatementPlan {
        reads = Set.copyOf(reads);
        writes = Set.copyOf(writes);
    }

    boolean isCacheable() {
        return known && repeatable && writes.isEmpty();
    }
}
