// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.cache.CacheEntry;
import io.sett.api.cache.CacheMemory;
import io.sett.api.cache.CacheStore;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.event.EventType;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each setting does what its line in the reference says, and nothing when it is off. */
class CacheSettingsInForceTest {

    private static void fill(CacheStore cache, int entries, int bytes) {
        for (int i = 0; i < entries; i++) {
            cache.set("key" + i, new byte[bytes], Duration.ofMinutes(2));
        }
    }

    @Test
    void theIndexHasRoomForTheExpectedEntriesFromTheStart() {
        try (CacheUnderTest expecting = CacheUnderTest.open("shards", 1, "max_entries_in_window", 20_000);
                CacheUnderTest growing = CacheUnderTest.open("shards", 1)) {
            fill(expecting.cache(), 1, 10);
            fill(growing.cache(), 1, 10);
            long index = expecting.cache().memoryUsage().indexBytes();
            long small = growing.cache().memoryUsage().indexBytes();
            fill(expecting.cache(), 20_000, 10);
            fill(growing.cache(), 20_000, 10);
            assertThat(expecting.cache().memoryUsage().indexBytes()).isEqualTo(index);
            assertThat(growing.cache().memoryUsage().indexBytes()).isGreaterThan(small * 10);
        }
    }

    private static List<String> logged(Runnable action) {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger logger = Logger.getLogger("io.sett.engine.memcache");
        logger.addHandler(handler);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
        }
        return lines;
    }

    private static void evictAndTell(Object... settings) {
        List<Object> all = new ArrayList<>(List.of("hard_max_cache_size", "1MB"));
        all.addAll(List.of(settings));
        try (CacheUnderTest test = CacheUnderTest.open(all.toArray())) {
            test.clock().advance(Duration.ofSeconds(30));
            fill(test.cache(), 2000, 1000);
            test.clock().advance(Duration.ofSeconds(30));
        }
    }

    @Test
    void evictionsAreLoggedOnlyWhenVerbose() {
        assertThat(logged(() -> evictAndTell("verbose", true))).anyMatch(line -> line.contains("made room for others"));
        assertThat(logged(() -> evictAndTell("verbose", false))).noneMatch(line -> line.contains("made room"));
    }

    @Test
    void alertsAreLoggedUnlessTheLoggerIsOff() {
        assertThat(logged(() -> evictAndTell())).anyMatch(line -> line.contains("memory_usage"));
        assertThat(logged(() -> evictAndTell("logger_enabled", false, "verbose", true))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ttl.cleanup_interval", "clean_window"})
    void eachOfBothPeriodsSweepsAlone(String period) {
        String other = period.equals("clean_window") ? "ttl.cleanup_interval" : "clean_window";
        try (CacheUnderTest test = CacheUnderTest.open(period, "1m", other, 0)) {
            fill(test.cache(), 1000, 100);
            test.clock().advance(Duration.ofMinutes(4));
            assertThat(test.cache().stats().expired()).isEqualTo(1000);
            assertThat(test.budget().usedBytes()).isZero();
        }
        try (CacheUnderTest test = CacheUnderTest.open(period, 0, other, 0)) {
            fill(test.cache(), 1000, 100);
            test.clock().advance(Duration.ofMinutes(4));
            assertThat(test.cache().stats().expired()).isZero();
            assertThat(test.budget().usedBytes()).isPositive();
        }
    }

    @Test
    void onlyTheCleanWindowCompacts() {
        try (CacheUnderTest cleaning = CacheUnderTest.open("shards", 1, "clean_window", "1m", "performance.gc_percent",
                10_000);
                CacheUnderTest sweeping = CacheUnderTest.open("shards", 1, "clean_window", 0, "performance.gc_percent",
                        10_000)) {
            for (CacheUnderTest test : List.of(cleaning, sweeping)) {
                fill(test.cache(), 20_000, 100);
                for (int i = 0; i < 20_000; i++) {
                    if (i % 4 != 0) {
                        test.cache().delete("key" + i);
                    }
                }
                test.clock().advance(Duration.ofMinutes(1));
            }
            assertThat(cleaning.budget().usedBytes()).isLessThan(sweeping.budget().usedBytes() / 2);
        }
    }

    @Test
    void writesCompactFromTheConfiguredShareOfFreeMemoryOn() {
        assertThat(compactions(50)).isPositive();
        assertThat(compactions(2000)).isZero();
        assertThat(compactions(0)).isZero();
    }

    private static long compactions(int percent) {
        try (CacheUnderTest test = CacheUnderTest.open("shards", 1, "clean_window", 0, "performance.gc_percent",
                percent)) {
            fill(test.cache(), 20_000, 100);
            for (int i = 0; i < 20_000; i += 2) {
                test.cache().delete("key" + i);
            }
            return test.cache().metrics().counters().get("compactions_total");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWalkMeetsEverythingHoweverShortItsHolds(boolean optimized) {
        try (CacheUnderTest test = CacheUnderTest.open("shards", 2, "performance.batch_size", 3,
                "performance.batch_timeout", Duration.ofNanos(1), "performance.enable_batch_optimization", optimized)) {
            fill(test.cache(), 500, 10);
            try (Stream<CacheEntry> entries = test.cache().entries()) {
                assertThat(entries.map(CacheEntry::key).distinct().count()).isEqualTo(500);
            }
        }
    }

    @Test
    void memoryStatisticsCanBeOff() {
        try (CacheUnderTest test = CacheUnderTest.open("performance.enable_memory_stats", false)) {
            fill(test.cache(), 100, 10);
            assertThat(test.cache().memoryUsage()).isEqualTo(CacheMemory.unknown());
        }
    }

    @Test
    void withoutMetricsThereAreNeitherAlertsNorBeans() throws Exception {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "1MB", "monitoring.enable_metrics",
                false)) {
            fill(test.cache(), 2000, 1000);
            test.clock().advance(Duration.ofMinutes(1));
            assertThat(test.events().of(EventType.ALERT_RAISED)).isEmpty();
            assertThat(ManagementFactory.getPlatformMBeanServer()
                    .isRegistered(new ObjectName("io.sett:type=cache,name=\"test\""))).isFalse();
        }
    }

    @Test
    void hitsAreNotCountedWhenNobodyWantsThem() {
        try (CacheUnderTest test = CacheUnderTest.open("monitoring.track_hit_rate", false)) {
            fill(test.cache(), 10, 10);
            test.cache().get("key1");
            test.cache().getMany(List.of("key2", "absent"));
            assertThat(test.cache().stats().hits()).isZero();
            assertThat(test.cache().stats().misses()).isZero();
            assertThat(test.cache().hitRate()).isZero();
        }
    }

    @Test
    void memoryUseRaisesNoAlertWhenItIsNotWatched() {
        for (boolean watched : new boolean[] {true, false}) {
            try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "1MB",
                    "monitoring.track_memory_usage", watched)) {
                fill(test.cache(), 2000, 1000);
                test.clock().advance(Duration.ofMinutes(1));
                assertThat(test.events().of(EventType.ALERT_RAISED).stream()
                        .anyMatch(event -> event.message().contains("memory_usage"))).isEqualTo(watched);
            }
        }
    }

    /** A clock that leaps when it has been asked so many times. */
    private static final class LeapingClock extends Clock {

        private int callsBeforeTheLeap = Integer.MAX_VALUE;

        @Override
        public Instant instant() {
            Instant start = Instant.parse("2026-01-01T00:00:00Z");
            return callsBeforeTheLeap-- > 0 ? start : start.plus(Duration.ofHours(2));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void anEntryThatExpiresWhileItsTtlIsChangedIsTold() {
        LeapingClock clock = new LeapingClock();
        try (CacheStore cache = MemoryCache.open(MemoryCacheOptions.defaults().withClock(clock))) {
            cache.set("key", new byte[10], Duration.ofHours(1));
            clock.callsBeforeTheLeap = 2;
            assertThatThrownBy(() -> cache.updateTtl("key", Duration.ofHours(3))).hasMessageContaining("vanished")
                    .satisfies(failed -> assertThat(((StorageException) failed).code())
                            .isEqualTo(ErrorCode.TTL_UPDATE_FAILED));
        }
    }
}
