// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.cache.CacheStore;
import io.sett.testkit.Stress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random histories against a map: nothing is ever lost, foreign or returned after its time when nothing is evicted. */
class CacheModelTest {

    private record Expected(byte[] value, long expiry) {
    }

    private final Map<String, Expected> model = new HashMap<>();

    @ParameterizedTest
    @CsvSource({"1,fnv,true", "16,crc32,false", "1024,xx3,true"})
    void behavesLikeAMapWithExpiry(int shards, String hash, boolean creation) {
        long seed = Stress.seed();
        Random random = new Random(seed);
        try (CacheUnderTest test = CacheUnderTest.open("shards", shards, "hash_function", hash, "ttl.min_ttl", "1ms",
                "ttl.store_creation_time", creation, "ttl.ttl_precision", "millisecond", "monitoring.enable_metrics",
                false, "ttl.cleanup_interval", "10s", "clean_window", "7s")) {
            for (int step = 0; step < Stress.times(60_000, 2_000_000); step++) {
                step(test, random, "seed " + seed + " step " + step);
                if (step % 10_000 == 9_999) {
                    compare(test, "seed " + seed + " step " + step);
                }
            }
            test.cache().clear();
            assertThat(test.cache().size()).isZero();
            assertThat(test.cache().memoryUsage().allocatedBytes()).isZero();
            assertThat(test.budget().usedBytes()).isZero();
        }
    }

    private void step(CacheUnderTest test, Random random, String what) {
        CacheStore cache = test.cache();
        long now = test.clock().millis();
        String key = "key:" + random.nextInt(3000);
        Expected present = model.get(key);
        if (present != null && present.expiry != 0 && present.expiry <= now) {
            model.remove(key);
            present = null;
        }
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> set(cache, random, key, now);
            case 3, 4, 5 -> assertThat(same(cache.get(key), Optional.ofNullable(present).map(Expected::value))).as(what)
                    .isTrue();
            case 6 -> assertThat(cache.delete(key)).as(what).isEqualTo(model.remove(key) != null);
            case 7 -> setMany(cache, random, now);
            case 8 -> assertThat(cache.has(key)).as(what).isEqualTo(present != null);
            case 9 -> append(cache, key, present, now);
            case 10 -> {
                long ttl = 1 + random.nextInt(60_000);
                if (present != null) {
                    cache.updateTtl(key, Duration.ofMillis(ttl));
                    model.put(key, new Expected(present.value, now + ttl));
                }
            }
            default -> test.clock().advance(Duration.ofMillis(random.nextInt(200)));
        }
    }

    private static boolean same(Optional<byte[]> left, Optional<byte[]> right) {
        return left.isPresent() == right.isPresent()
                && (left.isEmpty() || Arrays.equals(left.get(), right.orElseThrow()));
    }

    private void set(CacheStore cache, Random random, String key, long now) {
        byte[] value = value(random);
        long ttl = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(60_000);
        cache.set(key, value, Duration.ofMillis(ttl));
        model.put(key, new Expected(value, ttl == 0 ? 0 : now + ttl));
    }

    private static byte[] value(Random random) {
        byte[] value = new byte[random.nextInt(50) == 0 ? random.nextInt(30_000) : random.nextInt(200)];
        random.nextBytes(value);
        return value;
    }

    private void setMany(CacheStore cache, Random random, long now) {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            many.put("key:" + random.nextInt(3000), value(random));
        }
        cache.setMany(many, Duration.ofSeconds(30));
        many.forEach((key, value) -> model.put(key, new Expected(value, now + 30_000)));
    }

    private void append(CacheStore cache, String key, Expected present, long now) {
        byte[] more = {1, 2, 3};
        if (present != null) {
            byte[] joined = Arrays.copyOf(present.value, present.value.length + 3);
            System.arraycopy(more, 0, joined, present.value.length, 3);
            assertThat(cache.append(key, more)).isEqualTo(joined.length);
            model.put(key, new Expected(joined, present.expiry));
        } else {
            cache.append(key, more);
            model.put(key, new Expected(more, now + 3_600_000));
        }
    }

    private void compare(CacheUnderTest test, String what) {
        long now = test.clock().millis();
        model.values().removeIf(entry -> entry.expiry != 0 && entry.expiry <= now);
        CacheStore cache = test.cache();
        assertThat(cache.size()).as(what).isEqualTo(model.size());
        assertThat(cache.keys("")).as(what).containsExactlyInAnyOrderElementsOf(model.keySet());
        try (Stream<String> some = cache.keyStream("key:1*")) {
            assertThat(some.collect(Collectors.toSet())).as(what).isEqualTo(model.keySet().stream()
                    .filter(key -> key.startsWith("key:1")).collect(Collectors.toSet()));
        }
        try (var entries = cache.entries()) {
            entries.forEach(entry -> assertThat(entry.value()).as(what + entry.key())
                    .isEqualTo(model.get(entry.key()).value));
        }
        Map<String, byte[]> all = cache.getMany(List.copyOf(model.keySet()));
        assertThat(all).as(what).hasSize(model.size());
        all.forEach((key, value) -> assertThat(value).as(what + key).isEqualTo(model.get(key).value));
    }
}
