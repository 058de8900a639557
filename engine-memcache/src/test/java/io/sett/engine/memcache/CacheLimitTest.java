// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sett.api.cache.CacheEntry;
import io.sett.api.cache.CacheStore;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import io.sett.api.error.StorageException;
import io.sett.testkit.Stress;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit holds for everything, one large entry harms nobody, live entries outlive expired ones. */
class CacheLimitTest {

    private static final long MIB = 1 << 20;

    private static ErrorCode codeOf(Throwable failed) {
        return ((StorageException) failed).code();
    }

    @ParameterizedTest
    @CsvSource({"lru,100,100,0.73", "fifo,100,100,0.73", "w_tinylfu,1000,1000,0.8", "s3_fifo,1000,1000,0.8",
        "lru,20,4000,0.8"})
    void theFootprintNeverExceedsTheLimitAndIsMostlyPayload(String policy, int least, int most, double payload) {
        long seed = Stress.seed();
        Random random = new Random(seed);
        long limit = 8 * MIB;
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "8MB", "shards", 4, "eviction_policy",
                policy, "max_entries_in_window", 0)) {
            CacheStore cache = test.cache();
            int average = (least + most) / 2;
            int rounds = Stress.times((int) (14 * MIB / average), (int) (400 * MIB / average));
            for (int i = 0; i < rounds; i++) {
                cache.set(String.format("%040d", i), new byte[least + random.nextInt(most - least + 1)]);
                if (i % 500 == 0) {
                    assertThat(test.budget().usedBytes()).as("seed %d round %d", seed, i).isLessThanOrEqualTo(limit);
                }
            }
            assertThat(cache.memoryUsage().allocatedBytes()).isLessThanOrEqualTo(limit);
            assertThat(cache.stats().evictions()).isPositive();
            assertThat(cache.get(String.format("%040d", rounds - 1))).isPresent();
            long bytes;
            try (Stream<CacheEntry> entries = cache.entries()) {
                bytes = entries.mapToLong(entry -> entry.key().length() + entry.value().length).sum();
            }
            assertThat((double) bytes / limit).as("payload, seed %d", seed).isGreaterThan(payload);
        }
    }

    @Test
    void overheadOfAnEntryIsAtMost48Bytes() {
        try (CacheUnderTest test = CacheUnderTest.open("performance.memory_limit", 0)) {
            CacheStore cache = test.cache();
            int entries = 300_000;
            for (int i = 0; i < entries; i++) {
                cache.set(String.format("%040d", i), new byte[100]);
            }
            double overhead = (double) test.budget().usedBytes() / entries - 140;
            assertThat(overhead).isLessThanOrEqualTo(52);
            double live = (double) cache.memoryUsage().usedBytes() / entries - 140;
            assertThat(live).isLessThanOrEqualTo(48);
        }
    }

    @Test
    void anEmptyCacheTakesNoMemoryAndAFewEntriesTakeLittle() {
        try (CacheUnderTest test = CacheUnderTest.open()) {
            assertThat(test.budget().usedBytes()).isZero();
            for (int i = 0; i < 1000; i++) {
                test.cache().set("key" + i, new byte[50]);
            }
            assertThat(test.budget().usedBytes()).isLessThan(2 * MIB);
        }
    }

    @Test
    void anOversizedEntryIsRefusedAndNothingElseChanges() {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "4MB", "shards", 4)) {
            CacheStore cache = test.cache();
            for (int i = 0; i < 1000; i++) {
                cache.set("key" + i, new byte[100]);
            }
            long limit = cache.limits().maxValueBytes();
            assertThat(limit).isGreaterThan(700_000);
            assertThatThrownBy(() -> cache.set("key7", new byte[(int) limit + 1]))
                    .isInstanceOf(LimitExceededException.class).hasMessageContaining("key7")
                    .satisfies(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.ENTRY_TOO_LARGE));
            assertThat(cache.size()).isEqualTo(1000);
            assertThat(cache.get("key7").orElseThrow()).hasSize(100);
            assertThat(cache.stats().evictions()).isZero();
            cache.set("largest", new byte[(int) limit - 200]);
            assertThat(cache.get("largest").orElseThrow()).hasSize((int) limit - 200);
            assertThat(test.budget().usedBytes()).isLessThanOrEqualTo(4 * MIB);
        }
    }

    @Test
    void valuesFromNothingToTheShardsSizeAreStored() {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "64MB", "shards", 1)) {
            CacheStore cache = test.cache();
            for (int size = 0; size < 50_000_000; size = size * 3 + 1) {
                byte[] value = new byte[size];
                new Random(size).nextBytes(value);
                cache.set("value", value);
                assertThat(cache.get("value").orElseThrow()).isEqualTo(value);
                assertThat(test.budget().usedBytes()).isLessThanOrEqualTo(64 * MIB);
            }
        }
    }

    @Test
    void aFullCacheThatRefusesSaysWhichLimitItMet() {
        try (CacheUnderTest hard = CacheUnderTest.open("hard_max_cache_size", "1MB", "full_policy", "reject");
                CacheUnderTest soft = CacheUnderTest.open("performance.memory_limit", "1MB", "full_policy", "reject")) {
            assertThat(fill(hard.cache(), "key")).isEqualTo(ErrorCode.CACHE_FULL);
            assertThat(fill(soft.cache(), "key")).isEqualTo(ErrorCode.MEMORY_EXHAUSTED);
            assertThat(hard.cache().stats().evictions()).isZero();
            assertThat(hard.cache().stats().rejections()).isEqualTo(1);
            hard.cache().set("key0", new byte[1000]);
            assertThat(hard.cache().get("key0").orElseThrow()).hasSize(1000);
            hard.cache().delete("key1");
            hard.cache().set("new", new byte[900]);
            assertThat(hard.cache().has("new")).isTrue();
        }
    }

    private static ErrorCode fill(CacheStore cache, String prefix) {
        for (int i = 0; i < 100_000; i++) {
            try {
                cache.set(prefix + i, new byte[1000]);
            } catch (LimitExceededException full) {
                assertThat(i).isGreaterThan(800);
                return full.code();
            }
        }
        throw new AssertionError("the cache never became full");
    }

    @Test
    void oneShardOverItsShareIsTold() {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "8MB", "shards", 8, "full_policy",
                "reject", "hash_function", "crc32")) {
            CacheStore cache = test.cache();
            String first = "key0";
            cache.set(first, new byte[1000]);
            assertThatThrownBy(() -> {
                for (int i = 1; i < 1_000_000; i++) {
                    long before = entriesOfFullest(cache);
                    String key = "key" + i;
                    cache.set(key, new byte[1000]);
                    if (entriesOfFullest(cache) == before) {
                        cache.delete(key);
                    }
                }
            }).satisfies(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.SHARD_OVERFLOW));
        }
    }

    private static long entriesOfFullest(CacheStore cache) {
        return cache.memoryUsage().shards().stream().mapToLong(shard -> shard.entries()).max().orElseThrow();
    }

    @Test
    void scatteredMemoryIsToldWhenCompactionIsOff() {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "1MB", "full_policy", "reject",
                "performance.gc_percent", 0)) {
            CacheStore cache = test.cache();
            fill(cache, "key");
            for (int i = 0; i < 800; i += 2) {
                cache.delete("key" + i);
            }
            assertThatThrownBy(() -> cache.set("large", new byte[100_000]))
                    .satisfies(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.MEMORY_FRAGMENTATION));
        }
    }

    @Test
    void fragmentationStaysLowAfterRandomChurn() {
        long seed = Stress.seed();
        Random random = new Random(seed);
        try (CacheUnderTest test = CacheUnderTest.open("shards", 4, "clean_window", "1m")) {
            CacheStore cache = test.cache();
            for (int i = 0; i < 200_000; i++) {
                String key = "key" + random.nextInt(20_000);
                if (random.nextInt(4) == 0) {
                    cache.delete(key);
                } else {
                    cache.set(key, new byte[random.nextInt(i < 100_000 ? 2000 : 300)], Duration.ZERO);
                }
            }
            test.clock().advance(Duration.ofMinutes(1));
            assertThat(cache.memoryUsage().fragmentation()).as("seed %d", seed).isLessThanOrEqualTo(0.2);
            double wasted = 1 - (double) cache.memoryUsage().usedBytes() / test.budget().usedBytes();
            assertThat(wasted).as("unused, seed %d", seed).isLessThanOrEqualTo(0.25);
        }
    }

    @Test
    void memoryShrinksWithItsContent() {
        try (CacheUnderTest test = CacheUnderTest.open("shards", 4, "clean_window", "1m")) {
            CacheStore cache = test.cache();
            for (int i = 0; i < 100_000; i++) {
                cache.set("key" + i, new byte[100], Duration.ZERO);
            }
            long full = test.budget().usedBytes();
            for (int i = 0; i < 100_000; i++) {
                if (i % 20 != 0) {
                    cache.delete("key" + i);
                }
            }
            test.clock().advance(Duration.ofMinutes(1));
            assertThat(test.budget().usedBytes()).isLessThan(full / 10);
            assertThat(cache.size()).isEqualTo(5000);
            assertThat(cache.get("key40").orElseThrow()).hasSize(100);
            cache.clear();
            assertThat(test.budget().usedBytes()).isZero();
        }
    }

    @Test
    void liveEntriesOutliveExpiredOnes() {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "4MB", "shards", 2,
                "ttl.cleanup_interval", 0, "clean_window", 0)) {
            CacheStore cache = test.cache();
            for (int i = 0; i < 2000; i++) {
                cache.set("live" + i, new byte[200], Duration.ofHours(10));
            }
            for (int i = 0; i < 10_500; i++) {
                cache.set("wave" + i, new byte[200], Duration.ofMinutes(10));
            }
            assertThat(cache.stats().evictions()).isZero();
            test.clock().advance(Duration.ofMinutes(11));
            for (int i = 0; i < 10_500; i++) {
                cache.set("new" + i, new byte[200], Duration.ofHours(1));
            }
            assertThat(cache.stats().evictions()).isZero();
            assertThat(cache.countByPattern("live*")).isEqualTo(2000);
            assertThat(cache.stats().expired()).isGreaterThan(1000);
        }
    }

    @Test
    void expiredMemoryCanBeUsedAtTheVeryMomentAndNothingLiveMakesRoom() {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "8MB", "shards", 2,
                "ttl.cleanup_interval", 0, "clean_window", 0, "ttl.ttl_precision", "millisecond", "ttl.min_ttl", "1ms")) {
            CacheStore cache = test.cache();
            for (int i = 0; i < 6000; i++) {
                cache.set("live" + i, new byte[200], Duration.ofHours(10));
            }
            int wave = 0;
            while (cache.stats().evictions() == 0) {
                cache.set("wave" + wave++, new byte[200], Duration.ofMillis(300_250));
            }
            long evicted = cache.stats().evictions();
            assertThat(wave).isGreaterThan(15_000);
            test.clock().advance(Duration.ofMillis(300_249));
            assertThat(cache.has("wave" + (wave - 1))).isTrue();
            test.clock().advance(Duration.ofMillis(1));
            assertThat(cache.has("wave" + (wave - 1))).isFalse();
            for (int i = 0; i < 15_000; i++) {
                cache.set("next" + i, new byte[200], Duration.ofHours(10));
            }
            assertThat(cache.stats().evictions()).isEqualTo(evicted);
            assertThat(cache.countByPattern("next*")).isEqualTo(15_000);
            assertThat(cache.countByPattern("live*") + evicted).isGreaterThanOrEqualTo(6000);
        }
    }

    @Test
    void anEntryThatIsRenewedAgainAndAgainExpiresAtItsLastTime() {
        try (CacheUnderTest test = CacheUnderTest.open("ttl.cleanup_interval", "1s", "clean_window", 0)) {
            CacheStore cache = test.cache();
            for (int minute = 0; minute < 300; minute++) {
                cache.set("renewed", new byte[100], Duration.ofMinutes(10));
                cache.set("touched", new byte[100], Duration.ofMinutes(1));
                cache.updateTtl("touched", Duration.ofMinutes(5 + minute % 3));
                test.clock().advance(Duration.ofMinutes(1));
                assertThat(cache.has("renewed")).isTrue();
                assertThat(cache.has("touched")).isTrue();
            }
            test.clock().advance(Duration.ofMinutes(8));
            assertThat(cache.has("renewed")).isTrue();
            assertThat(cache.stats().expired()).isEqualTo(1);
            test.clock().advance(Duration.ofMinutes(2));
            assertThat(cache.has("renewed")).isFalse();
            assertThat(cache.stats().expired()).isEqualTo(2);
        }
    }

    @Test
    void entriesDoNotLiveOnTheHeap() {
        try (CacheUnderTest test = CacheUnderTest.open()) {
            long before = heapInUse();
            for (int i = 0; i < 200_000; i++) {
                test.cache().set("a key of about forty characters " + i, new byte[100]);
            }
            assertThat(heapInUse() - before).isLessThan(4 * MIB);
            assertThat(test.cache().size()).isEqualTo(200_000);
        }
    }

    private static long heapInUse() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    @Test
    void expiredMemoryComesBackWithoutAnyCall() {
        try (CacheUnderTest test = CacheUnderTest.open("ttl.cleanup_interval", "1m", "clean_window", "1m")) {
            for (int i = 0; i < 50_000; i++) {
                test.cache().set("key" + i, new byte[100], Duration.ofMinutes(5));
            }
            assertThat(test.budget().usedBytes()).isGreaterThan(5 * MIB);
            test.clock().advance(Duration.ofMinutes(7));
            assertThat(test.budget().usedBytes()).isZero();
            assertThat(test.cache().stats().expired()).isEqualTo(50_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lru", "w_tinylfu", "s3_fifo"})
    void aHotKeySurvivesAFullTurnover(String policy) {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "2MB", "eviction_policy", policy)) {
            CacheStore cache = test.cache();
            cache.set("hot", new byte[100], Duration.ZERO);
            for (int i = 0; i < 50_000; i++) {
                cache.set("key" + i, new byte[200], Duration.ZERO);
                if (i % 100 == 0) {
                    assertThat(cache.get("hot")).as("after %d", i).isPresent();
                }
            }
            assertThat(cache.stats().evictions()).isGreaterThan(30_000);
        }
    }

    @Test
    void fifoDropsAHotKey() {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "1MB", "eviction_policy", "fifo")) {
            CacheStore cache = test.cache();
            cache.set("hot", new byte[100], Duration.ZERO);
            boolean present = true;
            for (int i = 0; i < 50_000 && present; i++) {
                cache.set("key" + i, new byte[200], Duration.ZERO);
                present = cache.get("hot").isPresent();
            }
            assertThat(present).isFalse();
        }
    }

    @Test
    void lruOfASmallCacheIsExact() {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "1MB", "shards", 1)) {
            CacheStore cache = test.cache();
            LinkedHashMap<String, Boolean> model = new LinkedHashMap<>(16, 0.75f, true);
            Random random = new Random(3);
            int capacity = 0;
            for (int i = 0; i < 3000; i++) {
                String key = "key" + random.nextInt(120);
                if (random.nextBoolean()) {
                    boolean hit = cache.get(key).isPresent();
                    assertThat(hit).as("step %d", i).isEqualTo(model.get(key) != null);
                } else {
                    long before = cache.stats().evictions();
                    cache.set(key, new byte[30_000], Duration.ZERO);
                    model.put(key, true);
                    long evicted = cache.stats().evictions() - before;
                    for (; evicted > 0; evicted--) {
                        model.remove(model.keySet().iterator().next());
                        capacity = model.size();
                    }
                }
            }
            assertThat(capacity).isCloseTo(32, within(6));
        }
    }
}
