// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.LatencySummary;
import io.sett.api.common.Metrics;
import io.sett.engine.lsm.internal.cache.CacheStats;
import io.sett.engine.lsm.internal.read.ReadStats;
import io.sett.engine.lsm.internal.table.TableStats;
import io.sett.engine.lsm.internal.txn.Transactions;
import io.sett.engine.lsm.internal.version.LevelState;
import io.sett.engine.lsm.internal.version.Version;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers the numbers of all parts of a store under their names. */
final class LsmMetrics {

    private LsmMetrics() {
    }

    static Metrics of(OpenStore store) {
        Map<String, Long> counters = new LinkedHashMap<>();
        Map<String, Double> gauges = new LinkedHashMap<>();
        operations(store, counters);
        reads(store, counters, gauges);
        levels(store, gauges);
        writing(store, counters, gauges);
        Map<String, LatencySummary> latencies = Map.of("get", store.stats().getLatency().summary(), "commit",
                store.stats().commitLatency().summary());
        return new Metrics(counters, gauges, latencies);
    }

    private static void operations(OpenStore store, Map<String, Long> counters) {
        LsmStats stats = store.stats();
        counters.put("gets_total", stats.gets());
        counters.put("cursors_total", stats.cursors());
        counters.put("writes_total", stats.writes());
        counters.put("user_written_bytes", stats.userBytes());
        counters.put("flushes_total", stats.flushes());
        counters.put("flush_written_bytes", stats.flushedBytes());
        counters.put("flush_time_ms", stats.flushNanos() / 1_000_000);
        counters.put("write_stalls_total", stats.stalls());
        counters.put("write_stall_time_ms", stats.stallNanos() / 1_000_000);
        Transactions transactions = store.transactions();
        counters.put("transactions_committed_total", transactions.committed());
        counters.put("transactions_conflicted_total", transactions.conflicted());
        counters.put("transactions_timed_out_total", transactions.timedOut());
        counters.put("transactions_rolled_back_total", transactions.rolledBack());
    }

    private static void reads(OpenStore store, Map<String, Long> counters, Map<String, Double> gauges) {
        ReadStats reads = store.readStats();
        counters.put("answers_memtable_total", reads.memtableAnswers());
        counters.put("answers_immutable_total", reads.immutableAnswers());
        counters.put("answers_none_total", reads.misses());
        for (int level = 0; level < Version.LEVELS; level++) {
            counters.put("answers_level_" + level + "_total", reads.levelAnswers(level));
        }
        TableStats tables = store.tables().stats();
        counters.put("filter_checks_total", tables.filterChecks());
        counters.put("filter_negatives_total", tables.filterNegatives());
        counters.put("filter_false_positives_total", tables.filterFalsePositives());
        counters.put("block_reads_total", tables.blockReads());
        counters.put("block_read_bytes", tables.blockBytes());
        counters.put("tables_opened_total", tables.tablesOpened());
        counters.put("value_log_reads_total", store.values().reads());
        counters.put("value_log_read_ahead_total", store.values().touches());
        counters.put("value_log_read_bytes", store.values().readBytes());
        CacheStats cache = store.tables().blocks().stats();
        counters.put("cache_hits_total", cache.hits());
        counters.put("cache_misses_total", cache.misses());
        counters.put("cache_evictions_total", cache.evictions());
        gauges.put("cache_hit_rate", cache.hitRate());
        gauges.put("cache_bytes", (double) cache.bytes());
        gauges.put("cache_capacity_bytes", (double) cache.capacity());
        gauges.put("pinned_bytes", (double) store.tables().pins().used());
        gauges.put("open_tables", (double) store.tables().openTables());
    }

    private static void levels(OpenStore store, Map<String, Double> gauges) {
        Version version = store.versions().peek();
        for (int level = 0; level < Version.LEVELS; level++) {
            LevelState state = version.state(level);
            gauges.put("level_" + level + "_tables", (double) state.files());
            gauges.put("level_" + level + "_bytes", (double) state.bytes());
        }
        gauges.put("value_log_files", (double) version.segments().size());
        gauges.put("value_log_bytes", (double) version.segmentBytes());
        gauges.put("value_log_live_bytes", (double) version.references().totalBytes());
        gauges.put("disk_bytes", (double) store.diskBytes());
        gauges.put("open_handles", (double) store.handles().openCount());
        gauges.put("oldest_reader_lag_versions", (double) (store.oracle().visible() - store.oracle().oldestReader()));
        gauges.put("remembered_conflict_keys", (double) store.oracle().rememberedKeys());
    }

    private static void writing(OpenStore store, Map<String, Long> counters, Map<String, Double> gauges) {
        var view = store.views().current();
        gauges.put("memtable_bytes", (double) view.active().bytes());
        gauges.put("waiting_memtables", (double) view.immutableCount());
        OpenStore.Writing parts = store.writing();
        if (parts == null) {
            return;
        }
        counters.put("commit_groups_total", parts.pipeline().groups());
        counters.put("commits_total", parts.pipeline().commits());
        counters.put("log_written_bytes", parts.logs().writtenBytes());
        counters.put("separated_values_total", store.separatedValues());
        counters.put("log_forces_total", parts.logs().forces());
        counters.put("compactions_total", parts.link().compactions());
        counters.put("compaction_read_bytes", parts.link().readBytes());
        counters.put("compaction_written_bytes", parts.link().writtenBytes());
        counters.put("compaction_dropped_entries_total", parts.link().droppedEntries());
        counters.put("collections_total", parts.collection().runs());
        counters.put("collection_moved_bytes", parts.collection().movedBytes());
        counters.put("collection_freed_bytes", parts.collection().freedBytes());
        gauges.put("queued_commits", (double) parts.pipeline().queued());
        gauges.put("log_bytes", (double) parts.logs().allocatedBytes());
        gauges.put("running_compactions", (double) parts.compaction().running());
        long user = store.stats().userBytes();
        long written = parts.logs().writtenBytes() + store.stats().flushedBytes() + parts.link().writtenBytes()
                + parts.collection().movedBytes();
        gauges.put("write_amplification", user == 0 ? 0.0 : (double) written / user);
    }
}
