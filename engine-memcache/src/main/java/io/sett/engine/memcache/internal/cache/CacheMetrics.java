// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.cache.CacheStats;
import io.sett.api.cache.RemovalCause;
import io.sett.api.common.LatencySummary;
import io.sett.api.common.Metrics;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The numbers of a cache by name: {@code hits_total}, {@code misses_total}, {@code sets_total}, {@code deletes_total},
 * {@code delete_misses_total}, {@code removals_<cause>_total}, {@code rejections_total}, {@code collisions_total},
 * {@code loads_total}, {@code compactions_total}, {@code listener_failures_total}; gauges {@code hit_rate},
 * {@code entries} (expired ones that were not swept included), {@code allocated_bytes}, {@code limit_bytes},
 * {@code memory_usage}; latencies {@code read} and {@code write}.
 */
final class CacheMetrics {

    private CacheMetrics() {
    }

    static Metrics of(CacheCore core) {
        CacheStats stats = core.stats();
        Map<String, Long> counters = new HashMap<>();
        counters.put("hits_total", stats.hits());
        counters.put("misses_total", stats.misses());
        counters.put("sets_total", stats.sets());
        counters.put("deletes_total", stats.deletes());
        counters.put("delete_misses_total", stats.deleteMisses());
        for (RemovalCause cause : RemovalCause.values()) {
            counters.put("removals_" + cause.name().toLowerCase(Locale.ROOT) + "_total", stats.removals(cause));
        }
        counters.put("rejections_total", stats.rejections());
        counters.put("collisions_total", stats.collisions());
        counters.put("loads_total", stats.loads());
        counters.put("compactions_total", core.counters().compactions.sum());
        counters.put("listener_failures_total", stats.listenerFailures());
        long entries = 0;
        for (int i = 0; i < core.shardCount(); i++) {
            entries += core.shard(i).entries();
        }
        Map<String, Double> gauges = new HashMap<>();
        gauges.put("hit_rate", stats.hitRate());
        gauges.put("entries", (double) entries);
        gauges.put("allocated_bytes", (double) core.plan().heldBytes());
        gauges.put("limit_bytes", (double) core.plan().limits().totalBytes());
        gauges.put("memory_usage", core.usage());
        Map<String, LatencySummary> latencies = Map.of("read", stats.readLatency(), "write", stats.writeLatency());
        return new Metrics(counters, gauges, latencies);
    }
}
