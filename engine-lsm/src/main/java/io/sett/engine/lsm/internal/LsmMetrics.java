// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.LatencySummary;
import io.sett.api.common.Metrics;
import io.sett.engine.lsm.internal.cache.CacheStats;
import io.sett.engine.lsm.internal.compaction.Compaction;
import io.sett.engine.lsm.internal.read.ReadStats;
import io.sett.engine.lsm.internal.table.TableStats;
import io.sett.engine.lsm.internal.txn.Transactions;
import io.sett.engine.lsm.internal.version.LevelState;
import io.sett.engine.lsm.internal.version.Version;
import java.util.LinkedHashMap;
import java.util.Locale;
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
        resources(store, gauges);
        return new Metrics(counters, gauges, latencies(store));
    }

    private static Map<String, LatencySummary> latencies(OpenStore store) {
        LsmStats stats = store.stats();
        Map<String, LatencySummary> latencies = new LinkedHashMap<>();
        latencies.put("get", stats.getLatency().summary());
        latencies.put("commit", stats.commitLatency().summary());
        latencies.put("cursor", stats.cursorLatency().summary());
        latencies.put("flush", stats.flushLatency().summary());
        OpenStore.Writing parts = store.writing();
        if (parts != null) {
            latencies.put("compaction", parts.link().stats().latency().summary());
        }
        return latencies;
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
        counters.put("flush_failures_total", stats.flushFailures());
        counters.put("write_slowdowns_total", stats.slowdowns());
        counters.put("write_slowdown_time_ms", stats.slowdownNanos() / 1_000_000);
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
        amplification(store, version, gauges);
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
        compactions(parts.link().stats(), counters);
        counters.put("collections_total", parts.collection().runs());
        counters.put("collection_moved_bytes", parts.collection().movedBytes());
        counters.put("collection_freed_bytes", parts.collection().freedBytes());
        gauges.put("queued_commits", (double) parts.pipeline().queued());
        gauges.put("log_bytes", (double) parts.logs().allocatedBytes());
        gauges.put("pending_compaction_bytes", (double) parts.compaction().pendingBytes());
        double[] scores = parts.compaction().scores();
        for (int level = 0; level < scores.length; level++) {
            gauges.put("level_" + level + "_score", scores[level]);
        }
        gauges.put("running_compactions", (double) parts.compaction().running());
        long user = store.stats().userBytes();
        long written = parts.logs().writtenBytes() + store.stats().flushedBytes()
                + parts.link().stats().writtenBytes() + parts.collection().movedBytes();
        gauges.put("write_amplification", user == 0 ? 0.0 : (double) written / user);
    }

    private static void compactions(CompactionStats stats, Map<String, Long> counters) {
        counters.put("compactions_total", stats.count());
        counters.put("compaction_read_bytes", stats.readBytes());
        counters.put("compaction_written_bytes", stats.writtenBytes());
        counters.put("compaction_time_ms", stats.nanos() / 1_000_000);
        counters.put("compaction_dropped_entries_total", stats.droppedEntries());
        counters.put("compaction_slices_total", stats.slices());
        counters.put("compaction_failures_total", stats.failures());
        for (Compaction.Kind kind : Compaction.Kind.values()) {
            String prefix = "compaction_" + kind.name().toLowerCase(Locale.ROOT);
            counters.put(prefix + "_total", stats.count(kind));
            counters.put(prefix + "_read_bytes", stats.readBytes(kind));
            counters.put(prefix + "_written_bytes", stats.writtenBytes(kind));
            counters.put(prefix + "_time_ms", stats.nanos(kind) / 1_000_000);
        }
    }

    /** How much is read, and stored, for what the user sees. */
    private static void amplification(OpenStore store, Version version, Map<String, Double> gauges) {
        TableStats tables = store.tables().stats();
        long gets = store.stats().gets();
        long searched = tables.filterChecks() - tables.filterNegatives();
        gauges.put("read_amplification", gets == 0 ? 0.0 : (double) searched / gets);
        long positives = tables.filterFalsePositives();
        long absent = positives + tables.filterNegatives();
        gauges.put("filter_false_positive_rate", absent == 0 ? 0.0 : (double) positives / absent);
        int runs = version.state(0).files();
        long last = 0;
        for (int level = 1; level < Version.LEVELS; level++) {
            runs += version.state(level).files() > 0 ? 1 : 0;
            last = version.state(level).files() > 0 ? version.state(level).bytes() : last;
        }
        gauges.put("sorted_runs", (double) runs);
        gauges.put("space_amplification", last == 0 ? 1.0 : (double) version.totalBytes() / last);
    }

    private static void resources(OpenStore store, Map<String, Double> gauges) {
        Runtime runtime = Runtime.getRuntime();
        gauges.put("heap_used_bytes", (double) (runtime.totalMemory() - runtime.freeMemory()));
        gauges.put("heap_max_bytes", (double) runtime.maxMemory());
        store.health().diskSpace().ifPresent(space -> {
            gauges.put("disk_free_bytes", (double) space.free());
            gauges.put("disk_total_bytes", (double) space.total());
        });
        gauges.put("oldest_reader_age_ms", (double) store.oldestReader().ageMillis(store.clock().millis()));
        gauges.put("open_transactions", (double) store.transactions().active().size());
    }
}
