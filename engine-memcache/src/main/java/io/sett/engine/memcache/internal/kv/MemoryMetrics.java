// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.common.Health;
import io.sett.api.common.Metrics;
import io.sett.spi.HandleTracker;
import io.sett.spi.LatencyRecorder;
import io.sett.spi.kv.TransactionOutcome;
import java.util.List;
import java.util.Map;

/**
 * The numbers of a store.
 *
 * <p>Counters: {@code gets_total}, {@code hits_total}, {@code commits_total}, {@code conflicts_total}, {@code
 * rollbacks_total}, {@code transaction_timeouts_total}, {@code pruned_versions_total}, {@code expired_total}. Gauges:
 * {@code keys}, {@code versions}, {@code memory_bytes}, {@code memory_limit_bytes}, {@code newest_version}, {@code
 * oldest_version}, {@code open_handles}, {@code open_transactions}. Latencies: {@code commit}, of single writes.
 */
record MemoryMetrics(VersionedMap map, Retention retention, Committer committer, MemoryTransactions transactions,
        MemoryAccount account, ReadCounters reads, LatencyRecorder commitLatency, HandleTracker handles) {

    Metrics now() {
        Map<String, Long> counters = Map.of(
                "gets_total", reads.reads(),
                "hits_total", reads.hits(),
                "commits_total", committer.commits(),
                "conflicts_total", transactions.ended(TransactionOutcome.CONFLICTED),
                "rollbacks_total", transactions.ended(TransactionOutcome.ROLLED_BACK),
                "transaction_timeouts_total", transactions.ended(TransactionOutcome.TIMED_OUT),
                "pruned_versions_total", retention.prunedCount(),
                "expired_total", retention.expiredCount());
        Map<String, Double> gauges = Map.of(
                "keys", (double) map.keyCount(),
                "versions", (double) map.versionCount(),
                "memory_bytes", (double) map.bytes(),
                "memory_limit_bytes", (double) account.limitBytes(),
                "newest_version", (double) committer.latest(),
                "oldest_version", (double) committer.oldestVersion(),
                "open_handles", (double) handles.openCount(),
                "open_transactions", (double) transactions.openCount());
        return new Metrics(counters, gauges, Map.of("commit", commitLatency.summary()));
    }

    Health health() {
        long limit = account.limitBytes();
        boolean full = account.takenBytes() > limit / 100.0 * 95;
        return Health.of(List.of(new Health.Check("open", Health.Status.UP, "open"),
                new Health.Check("memory", full ? Health.Status.DEGRADED : Health.Status.UP,
                        account.takenBytes() + " of " + limit + " bytes taken"
                                + (full ? "; delete entries or raise the limit" : ""))));
    }
}
