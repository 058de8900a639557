// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Health;
import io.sett.api.common.Metrics;
import io.sett.api.event.EventType;
import io.sett.engine.lsm.internal.commit.WriteStallPolicy;
import io.sett.engine.lsm.internal.compaction.CompactionScheduler;
import io.sett.engine.lsm.internal.txn.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an open store does now and then, each as its settings say: look for compactions, collect the value log, check
 * its health, tell its numbers; and the sweep, which ends overdue transactions, warns of long ones and notices that old
 * versions are no longer read. What is switched off has no task.
 */
final class Upkeep {

    private static final double LEAST_FREE = 0.05;
    private static final double MOST_STALLED = 0.1;
    private static final long LONGEST_SWEEP_MILLIS = 1000;
    private static final long SHORTEST_SWEEP_MILLIS = 10;

    private final OpenStore store;
    private final StoreEvents events;
    private final Alerts alerts;
    private final OldestReader oldestReader;
    private Health.@Nullable Status lastStatus;
    private long lastStallMillis;
    private long lastOldest;

    Upkeep(OpenStore store, StoreEvents events) {
        this.store = store;
        this.events = events;
        this.alerts = new Alerts(events);
        this.oldestReader = new OldestReader(store.oracle());
    }

    /** What begins with the first megabyte that is written, or with tables that are there. */
    List<Housekeeping.Duty> duties() {
        UpkeepConfig config = store.config().upkeep();
        List<Housekeeping.Duty> duties = new ArrayList<>();
        OpenStore.Writing parts = store.writing();
        if (parts != null && config.compacts()) {
            duties.add(new Housekeeping.Duty(config.compactionInterval(), parts.compaction()::resume));
            duties.add(sweep());
        }
        if (parts != null && store.config().values().gcEnabled()) {
            duties.add(new Housekeeping.Duty(store.config().values().gcInterval(), parts.collection()::wake));
        }
        if (config.healthChecks()) {
            duties.add(new Housekeeping.Duty(config.healthInterval(), this::checkHealth));
        }
        if (config.metrics()) {
            duties.add(new Housekeeping.Duty(config.metricsInterval(), this::tellMetrics));
        }
        return duties;
    }

    /** What begins with the first transaction too. */
    Housekeeping.Duty sweep() {
        long period = Math.max(SHORTEST_SWEEP_MILLIS, Math.min(LONGEST_SWEEP_MILLIS,
                store.config().transactionTimeout().toMillis() / 4));
        return new Housekeeping.Duty(Duration.ofMillis(period), this::sweepOnce);
    }

    private void sweepOnce() {
        store.transactions().expire();
        for (Transactions.Active old : store.transactions().newlyOlderThan(store.config().upkeep().longTransaction())) {
            events.tell(EventType.LONG_TRANSACTION, "transaction " + old.id() + " has been open for "
                    + old.age().toMillis() + " ms; what it reads cannot be removed",
                    Map.of("transaction", old.id(), "tag", old.tag(), "age_ms", old.age().toMillis(), "read_version",
                            old.readVersion(), "read_only", old.readOnly()));
        }
        long oldest = oldestReader.look(store.clock().millis());
        OpenStore.Writing parts = store.writing();
        if (oldest != lastOldest && parts != null) {
            parts.compaction().trigger();
        }
        lastOldest = oldest;
    }

    private void checkHealth() {
        Health health = store.health().now();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("status", health.status());
        for (Health.Check check : health.checks()) {
            facts.put(check.name(), check.status() + ": " + check.message());
        }
        events.tell(EventType.HEALTH_CHECKED, "health is " + health.status(), facts);
        if (lastStatus != null && lastStatus != health.status()) {
            events.tell(EventType.HEALTH_CHANGED, "health is " + health.status(), facts);
        }
        lastStatus = health.status();
    }

    private void tellMetrics() {
        Metrics metrics = store.metrics();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.putAll(metrics.counters());
        facts.putAll(metrics.gauges());
        metrics.latencies().forEach((name, latency) -> {
            facts.put(name + "_p50_ns", latency.p50().toNanos());
            facts.put(name + "_p99_ns", latency.p99().toNanos());
        });
        events.tell(EventType.METRICS, "the numbers", facts);
        watch(metrics);
    }

    private void watch(Metrics metrics) {
        WriteStallPolicy stalls = store.config().stalls();
        alerts.most("level_0_tables", metrics.gauge("level_0_tables"), stalls.slowTables());
        alerts.most("waiting_memtables", metrics.gauge("waiting_memtables"), stalls.maxImmutables());
        alerts.most("pending_compaction_bytes", metrics.gauge("pending_compaction_bytes"), stalls.slowPending());
        double total = metrics.gauge("disk_total_bytes");
        if (total > 0) {
            alerts.least("disk_free_share", metrics.gauge("disk_free_bytes") / total, LEAST_FREE);
        }
        long stalled = metrics.counter("write_stall_time_ms");
        alerts.most("write_stall_share", (double) (stalled - lastStallMillis)
                / Math.max(1, store.config().upkeep().metricsInterval().toMillis()), MOST_STALLED);
        lastStallMillis = stalled;
    }

    OldestReader oldestReader() {
        return oldestReader;
    }

    /** What compaction has to say about health. */
    List<Health.Check> compactionChecks() {
        CompactionScheduler compaction = store.writing() == null ? null : store.writing().compaction();
        int tables = store.versions().peek().state(0).files();
        if (compaction == null || store.config().autoCompaction() || tables < store.config().stalls().stopTables()) {
            return List.of();
        }
        return List.of(new Health.Check("level 0", Health.Status.DEGRADED, tables + " tables are in level 0 and "
                + "maintenance.auto_compaction is false, so reads become slow; call compact"));
    }
}
