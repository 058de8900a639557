// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sett.testkit.Stress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the policies keep and what they let go. */
class EvictionTest {

    /** Popularity falls with the rank, as in most caches. */
    private static int skewed(Random random, int keys) {
        return (int) (keys * Math.pow(random.nextDouble(), 4));
    }

    @ParameterizedTest
    @EnumSource(Eviction.class)
    void thereIsAlwaysAVictimWhateverWasRemoved(Eviction eviction) {
        long seed = Stress.seed();
        Random random = new Random(seed);
        SimulatedCache cache = new SimulatedCache(eviction, 200);
        for (int i = 0; i < Stress.times(20_000, 5_000_000); i++) {
            int key = skewed(random, 2000);
            switch (random.nextInt(10)) {
                case 0 -> cache.remove(key);
                case 1, 2 -> cache.set(key);
                default -> cache.access(key);
            }
            assertThat(cache.size()).as("seed %d step %d", seed, i).isLessThanOrEqualTo(200);
        }
        assertThat(cache.policy().bytes()).as("memory, seed %d", seed).isLessThan(200 * 64);
    }

    @ParameterizedTest
    @EnumSource(Eviction.class)
    void removalsAloneLeaveNothingBehind(Eviction eviction) {
        SimulatedCache cache = new SimulatedCache(eviction, 100);
        for (int i = 0; i < 200_000; i++) {
            cache.set(i % 1000);
            cache.remove(i % 1000);
        }
        assertThat(cache.policy().bytes()).isLessThan(16_384);
    }

    @Test
    void lruOfASmallCacheIsExact() {
        SimulatedCache cache = new SimulatedCache(Eviction.LRU, 50);
        LinkedHashMap<Integer, Boolean> model = new LinkedHashMap<>(16, 0.75f, true);
        Random random = new Random(Stress.seed());
        for (int i = 0; i < 20_000; i++) {
            int key = skewed(random, 300);
            assertThat(cache.access(key)).as("step %d", i).isEqualTo(model.get(key) != null);
            if (model.size() == 50 && !model.containsKey(key)) {
                model.remove(model.keySet().iterator().next());
            }
            model.put(key, true);
        }
    }

    @Test
    void lruOfALargeCacheIsNearlyExact() {
        Random random = new Random(Stress.seed());
        SimulatedCache cache = new SimulatedCache(Eviction.LRU, 2000);
        LinkedHashMap<Integer, Boolean> model = new LinkedHashMap<>(16, 0.75f, true);
        int hits = 0;
        int modelHits = 0;
        int requests = 200_000;
        for (int i = 0; i < requests; i++) {
            int key = skewed(random, 20_000);
            hits += cache.access(key) ? 1 : 0;
            if (model.get(key) != null) {
                modelHits++;
            } else {
                if (model.size() == 2000) {
                    model.remove(model.keySet().iterator().next());
                }
                model.put(key, true);
            }
        }
        assertThat(100.0 * hits / requests).isCloseTo(100.0 * modelHits / requests, within(0.3));
    }

    @ParameterizedTest
    @CsvSource({"W_TINYLFU", "S3_FIFO"})
    void aScanDoesNotWashPopularEntriesOut(Eviction eviction) {
        SimulatedCache cache = new SimulatedCache(eviction, 1000);
        for (int round = 0; round < 10; round++) {
            for (int key = 0; key < 500; key++) {
                cache.access(key);
            }
        }
        for (int key = 10_000; key < 20_000; key++) {
            cache.access(key);
        }
        Set<Integer> left = new HashSet<>();
        for (int key = 0; key < 500; key++) {
            if (cache.has(key)) {
                left.add(key);
            }
        }
        assertThat(left.size()).isGreaterThan(450);
    }

    @Test
    void aLoopThatDoesNotFitGetsWhatFits() {
        SimulatedCache tinyLfu = new SimulatedCache(Eviction.W_TINYLFU, 500);
        SimulatedCache lru = new SimulatedCache(Eviction.LRU, 500);
        int hits = 0;
        int lruHits = 0;
        for (int i = 0; i < 100_000; i++) {
            hits += tinyLfu.access(i % 1000) ? 1 : 0;
            lruHits += lru.access(i % 1000) ? 1 : 0;
        }
        assertThat(hits).isGreaterThan(35_000);
        assertThat(lruHits).isLessThan(10_000);
    }

    @Test
    void fifoForgetsWhatWasWrittenFirstHoweverOftenItIsRead() {
        SimulatedCache cache = new SimulatedCache(Eviction.FIFO, 60);
        cache.set(0);
        for (int key = 1; key < 60; key++) {
            cache.set(key);
        }
        cache.access(0);
        cache.set(100);
        assertThat(cache.has(0)).isFalse();
        assertThat(cache.has(1)).isTrue();
    }

    @Test
    void s3FifoKeepsWhatWasUsedOnceMoreAndRemembersWhatItLetGo() {
        SimulatedCache cache = new SimulatedCache(Eviction.S3_FIFO, 100);
        cache.access(1);
        cache.access(1);
        for (int key = 1000; key < 1200; key++) {
            cache.access(key);
        }
        assertThat(cache.has(1)).as("used twice").isTrue();
        assertThat(cache.has(1000)).as("used once").isFalse();
        cache.access(1100);
        for (int key = 2000; key < 2060; key++) {
            cache.access(key);
        }
        assertThat(cache.has(1100)).as("came back").isTrue();
    }
}
