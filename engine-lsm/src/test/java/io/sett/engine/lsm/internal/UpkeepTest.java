// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.Health;
import io.sett.api.common.StoreKind;
import io.sett.api.error.StorageException;
import io.sett.api.event.EventType;
import io.sett.api.event.StorageEvent;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a store does by itself now and then, and that it does not when it is told so. */
@Timeout(120)
class UpkeepTest {

    private static final int MEGABYTE = 12_000;
    private static final Map<String, Object> QUIET = Map.of("maintenance.metrics_enabled", false,
            "maintenance.health_check_enabled", false);

    @TempDir
    Path root;

    @Test
    void whatIsOffHasNoTaskAndNoThread() {
        Map<String, Object> off = Map.of("maintenance.auto_compaction", false, "maintenance.gc_enabled", false,
                "maintenance.health_check_enabled", false, "maintenance.metrics_enabled", false,
                "transaction.manage_txns", false);
        try (StoreUnderTest test = new StoreUnderTest(root, off)) {
            test.fill(0, MEGABYTE, 1);
            test.store.update(transaction -> {
                transaction.put(StoreUnderTest.key(1), new byte[1]);
                return 1;
            });
            test.clock.advance(Duration.ofDays(1));
            assertThat(test.scheduler.waiting()).isZero();
            assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName()
                    .contains("sett-test-compaction"));
            assertThat(test.told(EventType.HEALTH_CHECKED) + test.told(EventType.METRICS)).isZero();
            assertThat(test.store.metrics().latencies().get("commit").samples()).isZero();
        }
    }

    @Test
    void healthAndNumbersAreToldEachPeriod() {
        try (StoreUnderTest test = new StoreUnderTest(root, Map.of())) {
            test.fill(0, 10, 1);
            assertThat(test.scheduler.waiting()).as("nothing begins for a few puts").isZero();
            test.fill(0, MEGABYTE, 1);
            test.clock.advance(Duration.ofMinutes(10));
            assertThat(test.told(EventType.HEALTH_CHECKED)).isOne();
            assertThat(test.told(EventType.METRICS)).isEqualTo(10);
            test.clock.advance(Duration.ofMinutes(10));
            assertThat(test.told(EventType.HEALTH_CHECKED)).isEqualTo(2);
            StorageEvent numbers = test.events.of(EventType.METRICS).get(19);
            assertThat(numbers.details()).containsKeys("writes_total", "level_0_tables", "commit_p99_ns");
            assertThat(test.scheduler.failures()).isEmpty();
        }
    }

    @Test
    void aListenerThatThrowsHurtsNobody() {
        try (StoreUnderTest test = new StoreUnderTest(root, Map.of())) {
            StoreEvents events = new StoreEvents(context().withEvents(event -> {
                        throw new IllegalStateException("listener");
                    }));
            events.tell(EventType.FLUSHED, "still here", Map.of());
            test.fill(0, 1, 1);
        }
    }

    @Test
    void aLongTransactionIsWarnedOfOnceAndEndsInTime() {
        try (StoreUnderTest test = new StoreUnderTest(root, Map.of())) {
            test.fill(0, 1, 1);
            Transaction idle = test.store.transaction(false);
            test.fill(0, 5, 2);
            assertThat(test.gauge("oldest_reader_lag_versions")).isEqualTo(5);
            test.clock.advance(Duration.ofSeconds(9));
            assertThat(test.told(EventType.LONG_TRANSACTION)).isZero();
            test.clock.advance(Duration.ofSeconds(3));
            test.clock.advance(Duration.ofSeconds(30));
            assertThat(test.told(EventType.LONG_TRANSACTION)).isOne();
            assertThat(test.gauge("oldest_reader_age_ms")).isGreaterThan(30_000);
            assertThat(test.gauge("open_transactions")).isOne();
            test.clock.advance(Duration.ofSeconds(20));
            assertThat(test.gauge("oldest_reader_lag_versions")).as("its version is let go").isZero();
            assertThat(test.gauge("open_transactions")).isZero();
            assertThat(test.counter("transactions_timed_out_total")).isOne();
            assertThatThrownBy(idle::commit).isInstanceOf(StorageException.class);
            assertThat(test.gauge("oldest_reader_age_ms")).isZero();
        }
    }

    @Test
    void whatHasExpiredGoesByItself() {
        try (StoreUnderTest test = new StoreUnderTest(root, QUIET)) {
            for (int i = 0; i < 3000; i++) {
                test.store.put(StoreUnderTest.key(i), new byte[100], PutOptions.ttl(Duration.ofHours(2)));
            }
            test.store.maintenance().compact();
            assertThat(tableBytes(test)).isPositive();
            test.turnUntil(Duration.ofHours(1), () -> tableBytes(test) == 0);
            assertThat(test.counter("compaction_in_place_total") + test.counter("compaction_level0_to_base_total"))
                    .isPositive();
        }
    }

    @Test
    void whatOnlyASnapshotSawGoesWhenItIsClosed() {
        try (StoreUnderTest test = new StoreUnderTest(root, QUIET)) {
            test.fill(0, 3000, 1);
            Snapshot snapshot = test.store.snapshot();
            test.fill(0, 3000, 2);
            test.store.maintenance().compact();
            assertThat(entries(test)).isEqualTo(6000);
            assertThat(snapshot.getOrThrow(StoreUnderTest.key(7))[0]).isEqualTo((byte) 1);
            snapshot.close();
            test.turnUntil(Duration.ofSeconds(1), () -> entries(test) == 3000);
            assertThat(test.store.getOrThrow(StoreUnderTest.key(7))[0]).isEqualTo((byte) 2);
        }
    }

    private static EngineContext context() {
        return EngineContext.of("test", StoreKind.KEY_VALUE, EngineSettings.of("test", LsmSettings.schema(), Map.of()));
    }

    private static long entries(StoreUnderTest test) {
        return test.parts.versions().peek().allFiles().stream().mapToLong(file -> file.entries()).sum();
    }

    private static long tableBytes(StoreUnderTest test) {
        return test.parts.versions().peek().totalBytes();
    }

    @Test
    void alertsAreRaisedAndClearedOnce() {
        try (StoreUnderTest test = new StoreUnderTest(root, Map.of())) {
            Alerts alerts = new Alerts(new StoreEvents(context().withEvents(test.events)));
            for (double value : new double[] {1, 10, 12, 9.9, 9.6, 11, 9.4, 9.6, 1}) {
                alerts.most("tables", value, 10);
            }
            alerts.least("free", 0.04, 0.05);
            alerts.least("free", 0.051, 0.05);
            alerts.least("free", 0.06, 0.05);
            assertThat(test.events.of(EventType.ALERT_RAISED)).hasSize(2);
            assertThat(test.events.of(EventType.ALERT_CLEARED)).hasSize(2);
            assertThat(test.events.of(EventType.ALERT_RAISED).get(0).details()).containsEntry("code", "TABLES");
        }
    }

    @Test
    void withoutCompactionLevel0GrowsAndHealthSaysSo() {
        Map<String, Object> off = Map.of("maintenance.auto_compaction", false, "level_zero_slowdown", 3,
                "level_zero_stop", 6, "transaction.write_timeout", "1m");
        try (StoreUnderTest test = new StoreUnderTest(root, off)) {
            int number = 0;
            while (test.gauge("level_0_tables") < 8) {
                test.fill(number, number += 100, 1);
            }
            Health health = test.store.health();
            assertThat(health.status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(health.checks()).anyMatch(check -> check.name().equals("level 0")
                    && check.message().contains("auto_compaction"));
            test.store.maintenance().compact();
            assertThat(test.store.health().status()).isEqualTo(Health.Status.UP);
        }
    }
}
