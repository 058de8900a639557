// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.Health.Status;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageUnavailableException;
import io.sett.api.event.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flush and compaction that fail: a bounded number of tries, a health that says so, and no data lost. */
@Timeout(120)
class FailingWorkTest {

    private static final Map<String, Object> EIGHT = Map.of("max_mem_tables", 8, "maintenance.metrics_enabled", false,
            "maintenance.health_check_enabled", false);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    @TempDir
    Path root;

    /** Until a memtable is full. */
    private static int fillOne(StoreUnderTest test, int from) {
        int before = test.told(EventType.FLUSH_STARTED);
        int number = from;
        while (test.told(EventType.FLUSH_STARTED) == before) {
            test.fill(number, ++number, 1);
        }
        return number;
    }

    @Test
    void aFlushThatFailsThreeTimesLosesNothing() throws IOException {
        int count;
        try (StoreUnderTest test = new StoreUnderTest(root, EIGHT)) {
            List<Path> obstacles = test.obstruct(100);
            count = fillOne(test, 0);
            StoreUnderTest.until(() -> test.counter("flush_failures_total") >= 1);
            assertThat(test.store.health().status()).isEqualTo(Status.DEGRADED);
            assertThat(test.store.health().checks()).anyMatch(check -> check.name().equals("flush"));
            test.turnUntil(PAUSE, () -> test.counter("flush_failures_total") >= 3);
            assertThat(test.told(EventType.BACKGROUND_ERROR)).as("told once").isOne();
            StoreUnderTest.clear(obstacles);
            test.turnUntil(PAUSE, () -> test.counter("flushes_total") > 0);
            StoreUnderTest.until(() -> test.store.health().status() == Status.UP);
            check(test, count);
        }
        try (StoreUnderTest again = new StoreUnderTest(root, Map.of())) {
            check(again, count);
        }
    }

    private static void check(StoreUnderTest test, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(test.store.getOrThrow(StoreUnderTest.key(i))).hasSize(100).startsWith((byte) 1);
        }
    }

    @Test
    void writersThatWaitGetATypedErrorInTime() throws IOException {
        int count = 0;
        try (StoreUnderTest test = new StoreUnderTest(root, Map.of("max_mem_tables", 1, "transaction.write_timeout",
                "200ms"))) {
            List<Path> obstacles = test.obstruct(1000);
            assertThatThrownBy(() -> test.fill(0, 100_000, 1)).isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("memtables wait to be flushed");
            assertThat(test.told(EventType.WRITE_STALL_STARTED)).isPositive();
            assertThat(test.counter("write_stalls_total")).isPositive();
            while (test.store.has(StoreUnderTest.key(count))) {
                count++;
            }
            assertThat(count).as("reads go on").isPositive();
            StoreUnderTest.clear(obstacles);
            test.turnUntil(PAUSE, () -> test.counter("flushes_total") > 0);
            test.fill(count, count + 10, 1);
            check(test, count + 10);
            assertThat(test.told(EventType.WRITE_STALL_ENDED)).isPositive();
        }
    }

    @Test
    void afterTooManyFailuresTheStoreIsOnlyRead() throws IOException {
        int count;
        try (StoreUnderTest test = new StoreUnderTest(root, EIGHT)) {
            List<Path> obstacles = test.obstruct(1000);
            count = fillOne(test, 0);
            test.turnUntil(PAUSE, () -> test.store.health().status() == Status.READ_ONLY);
            assertThat(test.events.of(EventType.HEALTH_CHANGED)).anyMatch(event -> event.details().get("status")
                    .equals("READ_ONLY"));
            assertThatThrownBy(() -> test.fill(0, 1, 1)).isInstanceOf(StorageUnavailableException.class)
                    .hasMessageContaining("flush");
            check(test, count);
            StoreUnderTest.clear(obstacles);
        }
        try (StoreUnderTest again = new StoreUnderTest(root, Map.of())) {
            check(again, count);
            assertThat(again.store.health().status()).isEqualTo(Status.UP);
        }
    }

    @Test
    void compactionThatGivesUpRestsAndIsTriedAgain() {
        try (StoreUnderTest test = new StoreUnderTest(root, Map.of("maintenance.compaction_interval", "1h"))) {
            test.fill(0, 1, 1);
            StoreHealth health = test.parts.health();
            health.gaveUp("compaction", new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE,
                    "no such luck"));
            health.gaveUp("compaction", new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE,
                    "no such luck"));
            assertThat(test.told(EventType.BACKGROUND_ERROR)).isOne();
            assertThat(test.store.health().checks()).anyMatch(check -> check.name().equals("compaction")
                    && check.status() == Status.DEGRADED && check.message().contains("rests")
                    && check.message().contains("no such luck"));
            test.store.maintenance().compact();
            assertThat(test.store.health().status()).isEqualTo(Status.UP);
        }
    }
}
