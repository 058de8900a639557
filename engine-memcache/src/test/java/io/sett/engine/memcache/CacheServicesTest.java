// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.cache.CacheAdvice;
import io.sett.api.cache.CacheEntry;
import io.sett.api.cache.CacheRemoval;
import io.sett.api.cache.CacheSnapshotResult;
import io.sett.api.cache.CacheStore;
import io.sett.api.cache.RemovalCause;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.event.EventType;
import io.sett.api.event.StorageEvent;
import io.sett.testkit.Stress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands around the cache: TTL rules, listeners, snapshots, alerts, advice, settings. */
class CacheServicesTest {

    private static ErrorCode codeOf(Throwable failed) {
        return ((StorageException) failed).code();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    // ---- TTL ----

    @Test
    void theDefaultTtlRulesAndTheLifeWindowStandsInForIt() {
        try (CacheUnderTest both = CacheUnderTest.open("life_window", "10m", "ttl.default_ttl", "1h");
                CacheUnderTest window = CacheUnderTest.open("life_window", "10m");
                CacheUnderTest none = CacheUnderTest.open("ttl.default_ttl", 0, "life_window", "5m");
                CacheUnderTest never = CacheUnderTest.open("ttl.default_ttl", 0, "life_window", 0);
                CacheUnderTest plain = CacheUnderTest.open()) {
            assertThat(ttlOfPlainSet(both)).contains(Duration.ofHours(1));
            assertThat(ttlOfPlainSet(window)).contains(Duration.ofMinutes(10));
            assertThat(ttlOfPlainSet(none)).contains(Duration.ofMinutes(5));
            assertThat(ttlOfPlainSet(never)).isEmpty();
            assertThat(ttlOfPlainSet(plain)).contains(Duration.ofHours(1));
            window.cache().set("long", bytes("v"), Duration.ofHours(1));
            window.cache().set("ever", bytes("v"), Duration.ZERO);
            window.clock().advance(Duration.ofMinutes(11));
            assertThat(window.cache().has("key")).isFalse();
            assertThat(window.cache().has("long")).isTrue();
            window.clock().advance(Duration.ofHours(25));
            assertThat(window.cache().has("long")).isFalse();
            assertThat(window.cache().has("ever")).isTrue();
        }
    }

    private static Optional<Duration> ttlOfPlainSet(CacheUnderTest test) {
        test.cache().set("key", bytes("v"));
        return test.cache().ttl("key");
    }

    @Test
    void ttlsOutOfRangeAreRefusedAndOthersRoundedUp() {
        try (CacheUnderTest test = CacheUnderTest.open(); CacheUnderTest minutes = CacheUnderTest.open(
                "ttl.ttl_precision", "minute")) {
            for (Duration ttl : List.of(Duration.ofMillis(500), Duration.ofHours(25), Duration.ofSeconds(-1))) {
                assertThatThrownBy(() -> test.cache().set("key", bytes("v"), ttl))
                        .satisfies(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.INVALID_TTL));
            }
            test.cache().set("key", bytes("v"), Duration.ofMillis(90_500));
            assertThat(test.cache().expiration("key")).contains(test.clock().instant().plusSeconds(91));
            minutes.cache().set("key", bytes("v"), Duration.ofSeconds(61));
            assertThat(minutes.cache().ttl("key")).contains(Duration.ofMinutes(2));
        }
    }

    @Test
    void anEntryLivesToItsLastMillisecondEvenWhenSetBetweenTwo() {
        try (CacheUnderTest test = CacheUnderTest.open("ttl.min_ttl", "1ms", "ttl.ttl_precision", "millisecond")) {
            test.clock().advance(Duration.ofNanos(999_999));
            test.cache().set("key", bytes("v"), Duration.ofMillis(1));
            test.clock().advance(Duration.ofNanos(999_999));
            assertThat(test.cache().get("key")).isPresent();
            assertThat(test.cache().ttl("key").orElseThrow()).isLessThanOrEqualTo(Duration.ofMillis(1)).isPositive();
            test.clock().advance(Duration.ofNanos(2));
            assertThat(test.cache().get("key")).isEmpty();
        }
    }

    @Test
    void anExpiredEntryThatWasNotSweptIsToldApart() {
        try (CacheUnderTest test = CacheUnderTest.open("ttl.cleanup_interval", 0, "clean_window", 0)) {
            test.cache().set("key", bytes("v"), Duration.ofMinutes(1));
            test.clock().advance(Duration.ofMinutes(1));
            assertThatThrownBy(() -> test.cache().ttl("key"))
                    .satisfies(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.TTL_EXPIRED));
            assertThatThrownBy(() -> test.cache().updateTtl("key", Duration.ofMinutes(1)))
                    .satisfies(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.TTL_EXPIRED));
            assertThat(test.cache().size()).isZero();
            assertThat(test.cache().stats().expired()).isEqualTo(1);
        }
    }

    @Test
    void creationTimeIsKeptOnlyWhenAskedFor() {
        try (CacheUnderTest with = CacheUnderTest.open();
                CacheUnderTest without = CacheUnderTest.open("ttl.store_creation_time", false)) {
            Instant start = with.clock().instant();
            with.cache().set("key", bytes("value"));
            without.cache().set("key", bytes("value"));
            with.clock().advance(Duration.ofMinutes(1));
            assertThat(with.cache().metadata("key").orElseThrow().createdAt()).contains(start);
            assertThat(without.cache().metadata("key").orElseThrow().createdAt()).isEmpty();
            assertThat(with.cache().metadata("key").orElseThrow().valueBytes()).isEqualTo(5);
        }
    }

    // ---- removals ----

    @Test
    void everyRemovalIsToldOnceWithItsCauseEvenToSlowListeners() {
        List<CacheRemoval> heard = Collections.synchronizedList(new ArrayList<>());
        CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "1MB", "shards", 1, "ttl.min_ttl", "1ms");
        CacheStore cache = test.cache();
        cache.addRemovalListener(heard::add);
        for (int i = 0; i < 20_000; i++) {
            cache.set("key" + i % 12_000, bytes("value" + i + "-".repeat(60)), Duration.ofMinutes(1 + i % 3));
            if (i % 7 == 0) {
                cache.delete("key" + (i - 3));
            }
            if (i % 11 == 0) {
                cache.set("key" + i % 12_000, bytes("again" + i), Duration.ofMinutes(1));
            }
        }
        test.clock().advance(Duration.ofMinutes(2));
        cache.deleteByPattern("*5");
        long left = cache.size();
        var stats = cache.stats();
        test.close();
        for (RemovalCause cause : RemovalCause.values()) {
            long count = heard.stream().filter(removal -> removal.cause() == cause).count();
            assertThat(count).as(cause.name()).isEqualTo(stats.removals(cause)).isPositive();
        }
        assertThat(heard.size() + left).isEqualTo(stats.sets());
        assertThat(heard.stream().map(removal -> new String(removal.value(), UTF_8)).distinct().count())
                .isEqualTo(heard.size());
    }

    @Test
    void removalsOfOneKeyComeInOrderAndAFailingListenerIsCounted() {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        CacheUnderTest test = CacheUnderTest.open();
        test.cache().addRemovalListener(removal -> {
            heard.add(new String(removal.value(), UTF_8));
            throw new IllegalStateException("on purpose");
        });
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            test.cache().set("key", bytes("v" + i));
            expected.add("v" + i);
        }
        test.cache().delete("key");
        test.close();
        assertThat(heard).isEqualTo(expected);
    }

    // ---- snapshots ----

    @Test
    void aSnapshotKeepsEntriesAndTheirExpiry(@TempDir Path directory) {
        Path file = directory.resolve("sub/cache.snapshot");
        try (CacheUnderTest first = CacheUnderTest.open(); CacheUnderTest second = CacheUnderTest.open("shards", 8)) {
            for (int i = 0; i < 3000; i++) {
                first.cache().set("schlüssel" + i, new byte[i], i % 2 == 0 ? Duration.ZERO : Duration.ofMinutes(5));
            }
            CacheSnapshotResult saved = first.cache().saveSnapshot(file);
            assertThat(saved.entries()).isEqualTo(3000);
            assertThat(saved.fileBytes()).isEqualTo(file.toFile().length());
            second.cache().set("schlüssel7", bytes("newer"));
            second.clock().advance(Duration.ofMinutes(1));
            CacheSnapshotResult loaded = second.cache().loadSnapshot(file);
            assertThat(loaded.entries()).isEqualTo(2999);
            assertThat(loaded.skipped()).isEqualTo(1);
            assertThat(second.cache().getOrThrow("schlüssel7")).isEqualTo(bytes("newer"));
            assertThat(second.cache().getOrThrow("schlüssel2998")).hasSize(2998);
            assertThat(second.cache().ttl("schlüssel9")).contains(Duration.ofMinutes(4));
            assertThat(second.cache().ttl("schlüssel8")).isEmpty();
            assertThat(file.getParent()).isDirectoryNotContaining("glob:**.tmp");
        }
    }

    @Test
    void anyFlippedBitAndAnyCutIsFoundBeforeTheFirstEntryIsStored(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("cache.snapshot");
        long seed = Stress.seed();
        Random random = new Random(seed);
        try (CacheUnderTest test = CacheUnderTest.open(); CacheUnderTest other = CacheUnderTest.open()) {
            for (int i = 0; i < 20; i++) {
                test.cache().set("key" + i, new byte[20]);
            }
            test.cache().saveSnapshot(file);
            byte[] good = Files.readAllBytes(file);
            for (int i = 0; i < Stress.times(300, good.length * 8); i++) {
                byte[] bad = good.clone();
                int bit = Stress.isLong() ? i : random.nextInt(good.length * 8);
                bad[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(file, bad);
                assertThatThrownBy(() -> other.cache().loadSnapshot(file)).as("bit %d", bit).satisfies(failed ->
                        assertThat(codeOf(failed)).isIn(ErrorCode.FILE_CORRUPTED, ErrorCode.FORMAT_VERSION));
                Files.write(file, Arrays.copyOf(good, random.nextInt(good.length)));
                assertThatThrownBy(() -> other.cache().loadSnapshot(file)).as("cut, seed %d", seed).satisfies(failed ->
                        assertThat(codeOf(failed)).isIn(ErrorCode.FILE_CORRUPTED, ErrorCode.FORMAT_VERSION));
            }
            assertThat(other.cache().size()).isZero();
            assertThatThrownBy(() -> other.cache().loadSnapshot(directory.resolve("none")))
                    .satisfies(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.FILE_NOT_FOUND));
        }
    }

    @Test
    void warmingStoresOnlyAbsentKeys() {
        try (CacheUnderTest test = CacheUnderTest.open("max_value_size", 100)) {
            test.cache().set("b", bytes("old"));
            long stored = test.cache().warmUp(Stream.of(CacheEntry.of("a", bytes("1")), CacheEntry.of("b", bytes("2")),
                    CacheEntry.of("c", new byte[101]), CacheEntry.of("d", bytes("4"), Duration.ZERO)));
            assertThat(stored).isEqualTo(2);
            assertThat(test.cache().getOrThrow("b")).isEqualTo(bytes("old"));
            assertThat(test.cache().ttl("d")).isEmpty();
        }
    }

    // ---- watching ----

    private static List<StorageEvent> alerts(CacheUnderTest test, EventType type, String metric) {
        return test.events().all().stream()
                .filter(event -> event.type() == type && metric.equals(event.details().get("metric"))).toList();
    }

    @Test
    void alertsAreRaisedOnceAndClearedOnce() {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "1MB", "monitoring.latency_threshold",
                "1h", "monitoring.gc_pressure_threshold", 1)) {
            CacheStore cache = test.cache();
            cache.set("key", bytes("v"));
            for (int interval = 0; interval < 3; interval++) {
                for (int i = 0; i < 200; i++) {
                    cache.get("absent");
                }
                test.clock().advance(Duration.ofSeconds(30));
            }
            assertThat(alerts(test, EventType.ALERT_RAISED, "hit_rate")).hasSize(1);
            assertThat(alerts(test, EventType.ALERT_CLEARED, "hit_rate")).isEmpty();
            for (int interval = 0; interval < 3; interval++) {
                for (int i = 0; i < 200; i++) {
                    cache.get("key");
                }
                test.clock().advance(Duration.ofSeconds(30));
            }
            assertThat(alerts(test, EventType.ALERT_CLEARED, "hit_rate")).hasSize(1);
            for (int i = 0; i < 2000; i++) {
                cache.set("key" + i, new byte[1000]);
            }
            test.clock().advance(Duration.ofSeconds(60));
            assertThat(alerts(test, EventType.ALERT_RAISED, "memory_usage")).hasSize(1);
            assertThat(test.events().all().stream().filter(event -> event.type() == EventType.EVICTED)).hasSize(1);
            cache.clear();
            test.clock().advance(Duration.ofSeconds(60));
            assertThat(alerts(test, EventType.ALERT_CLEARED, "memory_usage")).hasSize(1);
        }
    }

    @Test
    void slowOperationsRaiseAnAlert() {
        try (CacheUnderTest test = CacheUnderTest.open("monitoring.latency_threshold", 0)) {
            test.cache().set("key", bytes("v"));
            test.clock().advance(Duration.ofSeconds(30));
            assertThat(alerts(test, EventType.ALERT_RAISED, "latency_p99_seconds")).hasSize(1);
            assertThat(test.cache().stats().writeLatency().p99()).isPositive();
        }
    }

    @Test
    void theNumbersAreShownByJmxWhileTheCacheIsOpen() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.sett:type=cache,name=\"jmx-test\"");
        try (CacheStore cache = MemoryCache.open(MemoryCacheOptions.defaults().withName("jmx-test"))) {
            cache.set("key", bytes("v"));
            cache.get("key");
            assertThat(server.getAttribute(name, "hits_total")).isEqualTo(1L);
            assertThat(server.getMBeanInfo(name).getAttributes()).hasSizeGreaterThan(10);
        }
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void statisticsAreExact() {
        try (CacheUnderTest test = CacheUnderTest.open()) {
            CacheStore cache = test.cache();
            for (int i = 0; i < 10; i++) {
                cache.set("key" + i, bytes("v"));
            }
            cache.get("key1");
            cache.get("key2");
            cache.getMany(List.of("key3", "none"));
            cache.has("key1");
            cache.delete("key1");
            cache.delete("key1");
            cache.set("key2", bytes("w"));
            var stats = cache.stats();
            assertThat(stats.hits()).isEqualTo(3);
            assertThat(stats.misses()).isEqualTo(1);
            assertThat(cache.hitRate()).isEqualTo(0.75);
            assertThat(stats.sets()).isEqualTo(11);
            assertThat(stats.deletes()).isEqualTo(1);
            assertThat(stats.deleteMisses()).isEqualTo(1);
            assertThat(stats.removals(RemovalCause.EXPLICIT)).isEqualTo(1);
            assertThat(stats.removals(RemovalCause.REPLACED)).isEqualTo(1);
            assertThat(cache.size()).isEqualTo(9);
            cache.resetStats();
            assertThat(cache.stats().requests() + cache.stats().sets() + cache.stats().deletes()).isZero();
        }
    }

    @Test
    void adviceKnowsSizesHotKeysAndWhetherMoreMemoryWouldHelp() {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "2MB", "shards", 1)) {
            CacheStore cache = test.cache();
            Random random = new Random(2);
            for (int i = 0; i < 60_000; i++) {
                String key = "key" + random.nextInt(3000);
                if (cache.get(key).isEmpty()) {
                    cache.set(key, new byte[1000]);
                }
                if (i % 5 == 0) {
                    cache.get("key1");
                }
            }
            CacheAdvice advice = cache.advise();
            assertThat(advice.sampledRequests()).isGreaterThan(3000);
            assertThat(advice.hotKeys().get(0).key()).isEqualTo("key1");
            assertThat(advice.sizes()).singleElement().satisfies(bucket ->
                    assertThat(bucket.upToBytes()).isEqualTo(1024));
            List<CacheAdvice.MissRatio> curve = advice.missRatioCurve();
            assertThat(curve).hasSize(5);
            for (int i = 1; i < curve.size(); i++) {
                assertThat(curve.get(i).missRatio()).isLessThanOrEqualTo(curve.get(i - 1).missRatio());
            }
            double measured = 1 - cache.hitRate();
            assertThat(curve.get(2).missRatio()).isBetween(measured - 0.15, measured + 0.15);
            assertThat(advice.hints()).anySatisfy(hint -> {
                assertThat(hint.setting()).isEqualTo("storage.memory.hard_max_cache_size");
                assertThat(hint.suggested()).isEqualTo("4MB");
            });
        }
    }

    // ---- settings ----

    @Test
    void flatNamesAreAliasesAndContradictionsAreErrors() {
        CacheUnderTest.open("enable_metrics", false, "metrics_interval", "5s").close();
        assertThatThrownBy(() -> CacheUnderTest.open("enable_metrics", false, "monitoring.enable_metrics", true))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("contradicts");
        assertThatThrownBy(() -> CacheUnderTest.open("shards", 1000, "eviction_policy", "s3fifo", "ttl.max_tll", "1h"))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("power of two")
                .hasMessageContaining("lru, fifo, w_tinylfu").hasMessageContaining("ttl.max_ttl");
        assertThatThrownBy(() -> CacheUnderTest.open("ttl.min_ttl", "2h", "ttl.max_ttl", "1h"))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("ttl.max_ttl");
    }

    @Test
    void theLimitIsTheSmallerOfBothAndReadsBareNumbersAsMebibytes() {
        try (CacheUnderTest bare = CacheUnderTest.open("hard_max_cache_size", 64);
                CacheUnderTest soft = CacheUnderTest.open("hard_max_cache_size", "2GB", "performance.memory_limit",
                        "1GiB");
                CacheUnderTest none = CacheUnderTest.open("performance.memory_limit", 0)) {
            assertThat(bare.cache().capacity()).isEqualTo(64 << 20);
            assertThat(soft.cache().capacity()).isEqualTo(1 << 30);
            assertThat(none.cache().capacity()).isEqualTo(Long.MAX_VALUE);
            assertThat(none.cache().memoryUsage().usage()).isZero();
        }
    }

    @Test
    void optionsOpenACacheWithoutConfiguration() {
        MemoryCacheOptions options = MemoryCacheOptions.defaults().withName("quick").withMaxBytes(4 << 20)
                .withMillisecondTtl().withShards(4).withEviction("fifo").withDefaultTtl(Duration.ofMinutes(1));
        try (CacheStore cache = MemoryCache.open(options)) {
            cache.set("key", bytes("v"), Duration.ofMillis(100_000));
            assertThat(cache.name()).isEqualTo("quick");
            assertThat(cache.engine()).isEqualTo("memory");
            assertThat(cache.capacity()).isEqualTo(4 << 20);
            assertThat(cache.getMany(List.of("key"))).containsOnlyKeys("key");
        }
        assertThat(options.settings()).isEqualTo(Map.copyOf(options.settings()));
    }
}
