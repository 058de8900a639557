// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import io.sett.api.common.LatencySummary;

/**
 * The counters of a SQL store since it was opened, and its state now. Each is exact when no operation is under way.
 *
 * @param queries queries run, those answered by the cache included
 * @param updates changing statements run, a batch counting each of its sets
 * @param failures statements that failed
 * @param rowsRead rows handed to mappers
 * @param rowsChanged rows changed, those rolled back later included
 * @param commits transactions committed, those of single statements included
 * @param rollbacks transactions rolled back
 * @param cacheHits queries answered by the query cache
 * @param cacheMisses queries that might have been answered by it
 * @param cacheInvalidations cached results dropped because of a write
 * @param cacheBytes what cached results take now
 * @param activeConnections connections in use now
 * @param idleConnections connections open and not in use now
 * @param waitingWriters threads that wait for their turn to write now
 * @param queryLatency how long queries took; empty where not measured
 * @param updateLatency how long changing statements took, waiting included; empty where not measured
 */
public record SqlStats(long queries, long updates, long failures, long rowsRead, long rowsChanged, long commits,
        long rollbacks, long cacheHits, long cacheMisses, long cacheInvalidations, long cacheBytes,
        int activeConnections, int idleConnections, int waitingWriters, LatencySummary queryLatency,
        LatencySummary updateLatency) {

    /** Refuses negative numbers with {@code INVALID_ARGUMENT}. */
    public SqlStats {
        Checks.notNegative(queries, "queries");
        Checks.notNegative(updates, "updates");
        Checks.notNegative(failures, "failures");
        Checks.notNegative(rowsRead, "rowsRead");
        Checks.notNegative(rowsChanged, "rowsChanged");
        Checks.notNegative(commits, "commits");
        Checks.notNegative(rollbacks, "rollbacks");
        Checks.notNegative(cacheHits, "cacheHits");
        Checks.notNegative(cacheMisses, "cacheMisses");
        Checks.notNegative(cacheInvalidations, "cacheInvalidations");
        Checks.notNegative(cacheBytes, "cacheBytes");
        Checks.notNegative(activeConnections, "activeConnections");
        Checks.notNegative(idleConnections, "idleConnections");
        Checks.notNegative(waitingWriters, "waitingWriters");
    }

    /** Cache hits by hits and misses together; 0 before the first. */
    public double cacheHitRate() {
        long asked = cacheHits + cacheMisses;
        return asked == 0 ? 0 : (double) cacheHits / asked;
    }
}
