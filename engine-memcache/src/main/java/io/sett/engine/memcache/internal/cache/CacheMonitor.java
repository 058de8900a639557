// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.cache.RemovalCause;
import io.sett.api.common.LatencySummary;
import io.sett.api.common.StoreKind;
import io.sett.api.event.EventType;
import io.sett.api.event.StorageEvent;
import io.sett.engine.memcache.internal.settings.CacheSettings;
import io.sett.engine.memcache.internal.shard.Counters;
import io.sett.spi.log.Loggers;
import io.sett.spi.settings.EngineSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;

/**
 * Compares the numbers of each interval with their thresholds. An alert is raised once and cleared once, when the
 * number is back on the good side by a twentieth. Called by the scheduler, one run at a time.
 */
final class CacheMonitor {

    static final int FEWEST_REQUESTS = 100;

    private static final Logger LOG = Loggers.of(CacheMonitor.class);
    private static final double MARGIN = 0.05;

    private final CacheCore core;
    private final EngineSettings settings;
    private final Set<String> raised = new HashSet<>();
    private final GcTime gcTime;
    private long hits;
    private long requests;
    private long evicted;
    private long expired;

    CacheMonitor(CacheCore core, GcTime gcTime) {
        this.core = core;
        this.settings = core.context().settings();
        this.gcTime = gcTime;
    }

    void run() {
        if (core.isClosed()) {
            return;
        }
        watchHitRate();
        if (settings.get(CacheSettings.TRACK_MEMORY_USAGE)) {
            double limit = settings.get(CacheSettings.MEMORY_USAGE_THRESHOLD);
            double usage = core.usage();
            judge("memory_usage", usage, limit, usage > limit, usage <= limit * (1 - MARGIN));
        }
        watchLatency();
        Duration interval = settings.get(CacheSettings.METRICS_INTERVAL);
        double pressure = gcTime.share(interval);
        double most = settings.get(CacheSettings.GC_PRESSURE_THRESHOLD);
        judge("gc_pressure", pressure, most, pressure > most, pressure <= most * (1 - MARGIN));
        tell();
    }

    private void watchHitRate() {
        Counters counters = core.counters();
        long nowHits = counters.hits.sum();
        long nowRequests = nowHits + counters.misses.sum();
        boolean reset = nowRequests < requests;
        long inInterval = reset ? nowRequests : nowRequests - requests;
        if (inInterval < FEWEST_REQUESTS && !reset) {
            return;
        }
        double rate = inInterval == 0 ? 1 : (double) (reset ? nowHits : nowHits - hits) / inInterval;
        hits = nowHits;
        requests = nowRequests;
        if (settings.get(CacheSettings.TRACK_HIT_RATE) && inInterval >= FEWEST_REQUESTS) {
            double least = settings.get(CacheSettings.HIT_RATE_THRESHOLD);
            judge("hit_rate", rate, least, rate < least, rate >= Math.min(1, least * (1 + MARGIN)));
        }
    }

    private void watchLatency() {
        if (settings.get(CacheSettings.TRACK_OPERATION_LATENCY)) {
            LatencySummary interval = core.latencies().endInterval();
            double p99 = interval.p99().toNanos() / 1e9;
            double most = settings.get(CacheSettings.LATENCY_THRESHOLD).toNanos() / 1e9;
            judge("latency_p99_seconds", p99, most, p99 > most, p99 <= most * (1 - MARGIN));
        }
    }

    private void judge(String metric, double value, double threshold, boolean bad, boolean good) {
        if (bad && raised.add(metric)) {
            send(EventType.ALERT_RAISED, metric, value, threshold, "is beyond its threshold");
        } else if (good && raised.remove(metric)) {
            send(EventType.ALERT_CLEARED, metric, value, threshold, "is back within its threshold");
        }
    }

    private void send(EventType type, String metric, double value, double threshold, String what) {
        String message = metric + " of cache '" + core.name() + "' " + what + ": " + value + " against " + threshold;
        if (settings.get(CacheSettings.LOGGER_ENABLED)) {
            LOG.info(message);
        }
        event(type, message, Map.of("metric", metric, "value", value, "threshold", threshold,
                "code", metric.equals("gc_pressure") ? "GC_PRESSURE" : metric.toUpperCase(Locale.ROOT)));
    }

    private void event(EventType type, String message, Map<String, ?> facts) {
        core.context().events().onEvent(StorageEvent.of(core.context().clock().instant(), core.name(),
                StoreKind.CACHE, type, message, facts));
    }

    /** One event for all entries that were evicted, and one for all that expired, since the last run. */
    private void tell() {
        Map<RemovalCause, Long> removals = core.counters().removals();
        evicted = tell(EventType.EVICTED, removals.get(RemovalCause.SIZE), evicted, "made room for others");
        expired = tell(EventType.EXPIRED, removals.get(RemovalCause.EXPIRED), expired, "have expired");
    }

    private long tell(EventType type, long now, long before, String what) {
        long count = now < before ? now : now - before;
        if (count > 0) {
            String message = count + " entries of cache '" + core.name() + "' " + what;
            if (settings.get(CacheSettings.VERBOSE) && settings.get(CacheSettings.LOGGER_ENABLED)) {
                LOG.info(message);
            }
            event(type, message, Map.of("entries", count));
        }
        return now;
    }
}
