// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.cache.CacheStore;
import io.sett.api.cache.CacheView;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.testkit.Stress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CacheConcurrencyTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static ErrorCode codeOf(Throwable failed) {
        return ((StorageException) failed).code();
    }

    private static byte[] bytes(long value) {
        return Long.toString(value).getBytes(UTF_8);
    }

    private static long number(byte[] bytes) {
        return Long.parseLong(new String(bytes, UTF_8));
    }

    @Test
    void getManySeesAllOfASetManyOrNothing() throws Exception {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "64MB", "shards", 16)) {
            CacheStore cache = test.cache();
            Set<String> keys = new HashSet<>();
            for (int i = 0; i < 40; i++) {
                keys.add("key" + i);
            }
            AtomicBoolean done = new AtomicBoolean();
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit(() -> readWhole(cache, keys, done)));
            }
            Future<?> noise = threads.submit(() -> {
                Random random = new Random(5);
                while (!done.get()) {
                    cache.set("noise" + random.nextInt(100_000), new byte[random.nextInt(500)]);
                }
            });
            for (int round = 0; round < Stress.times(4000, 200_000); round++) {
                if (round % 50 == 49) {
                    assertThat(cache.deleteMany(keys)).isEqualTo(keys.size());
                }
                Map<String, byte[]> all = new LinkedHashMap<>();
                for (String key : keys) {
                    all.put(key, bytes(round));
                }
                cache.setMany(all);
            }
            done.set(true);
            noise.get();
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    private static int readWhole(CacheStore cache, Set<String> keys, AtomicBoolean done) {
        int reads = 0;
        long last = -1;
        while (!done.get()) {
            Map<String, byte[]> seen = cache.getMany(keys);
            Set<Long> rounds = new HashSet<>();
            seen.values().forEach(value -> rounds.add(number(value)));
            assertThat(seen.size()).isIn(0, keys.size());
            assertThat(rounds.size()).isLessThanOrEqualTo(1);
            for (long round : rounds) {
                assertThat(round).isGreaterThanOrEqualTo(last);
                last = round;
            }
            reads++;
        }
        return reads;
    }

    @Test
    void transfersKeepTheSum() throws Exception {
        try (CacheUnderTest test = CacheUnderTest.open("shards", 8, "performance.lock_timeout", "30s")) {
            CacheStore cache = test.cache();
            int accounts = 10;
            for (int i = 0; i < accounts; i++) {
                cache.set("account" + i, bytes(1000));
            }
            List<Future<Boolean>> runs = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Random random = new Random(i);
                Callable<Boolean> run = () -> {
                    for (int n = 0; n < Stress.times(500, 20_000); n++) {
                        transfer(cache, "account" + random.nextInt(accounts), "account" + random.nextInt(accounts));
                    }
                    return true;
                };
                runs.add(threads.submit(run));
            }
            for (Future<Boolean> run : runs) {
                assertThat(run.get()).isTrue();
            }
            long sum = cache.getMany(cache.keys("account*")).values().stream()
                    .mapToLong(CacheConcurrencyTest::number).sum();
            assertThat(sum).isEqualTo(1000L * accounts);
        }
    }

    private static void transfer(CacheStore cache, String from, String to) {
        if (from.equals(to)) {
            return;
        }
        cache.atomically(List.of(from, to), view -> {
            long left = number(view.get(from).orElseThrow());
            long right = number(view.get(to).orElseThrow());
            view.update(from, bytes(left - 1));
            view.update(to, bytes(right + 1));
            return true;
        });
    }

    @Test
    void incrementsByComputeAndCompareAndSetAreNotLost() throws Exception {
        try (CacheUnderTest test = CacheUnderTest.open("shards", 2, "performance.lock_timeout", "30s")) {
            CacheStore cache = test.cache();
            cache.set("cas", bytes(0));
            int rounds = Stress.times(3000, 100_000);
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                runs.add(threads.submit(() -> {
                    for (int n = 0; n < rounds; n++) {
                        cache.compute("sum", old -> Optional.of(
                                bytes(old.map(CacheConcurrencyTest::number).orElse(0L) + 1)));
                        byte[] seen;
                        do {
                            seen = cache.getOrThrow("cas");
                        } while (!cache.compareAndSet("cas", seen, bytes(number(seen) + 1)));
                    }
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
            assertThat(number(cache.getOrThrow("sum"))).isEqualTo(4L * rounds);
            assertThat(number(cache.getOrThrow("cas"))).isEqualTo(4L * rounds);
            assertThat(cache.stats().loads()).isEqualTo(1);
        }
    }

    /** Parks a thread inside of an atomic body that holds the lock of the only shard. */
    private Future<?> park(CacheStore cache, CountDownLatch inside, CountDownLatch leave) throws Exception {
        Future<?> parked = threads.submit(() -> cache.atomically(List.of("held"), (CacheView view) -> {
            inside.countDown();
            try {
                leave.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return true;
        }));
        inside.await();
        return parked;
    }

    @Test
    void readersGoOnWhileAWriterIsParkedInsideAndWritersTimeOut() throws Exception {
        try (CacheUnderTest test = CacheUnderTest.open("shards", 1, "performance.lock_timeout", "50ms")) {
            CacheStore cache = test.cache();
            cache.set("held", bytes(1));
            cache.set("other", bytes(2));
            CountDownLatch leave = new CountDownLatch(1);
            Future<?> parked = park(cache, new CountDownLatch(1), leave);
            assertThat(number(cache.getOrThrow("held"))).isEqualTo(1);
            assertThat(cache.getMany(List.of("held", "other"))).hasSize(2);
            assertThat(cache.read("other", slice -> slice.length())).contains(1);
            assertThat(cache.has("other")).isTrue();
            assertThat(cache.ttl("other")).isPresent();
            assertThatThrownBy(() -> cache.set("other", bytes(3)))
                    .satisfies(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.RESOURCE_LOCK_TIMEOUT));
            assertThatThrownBy(() -> cache.withTimeout(Duration.ofMillis(5)).delete("other"))
                    .satisfies(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> cache.setMany(Map.of("other", bytes(3))))
                    .satisfies(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.CANCELLED));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(number(cache.getOrThrow("other"))).isEqualTo(2);
            leave.countDown();
            parked.get();
            cache.set("other", bytes(4));
            assertThat(number(cache.getOrThrow("other"))).isEqualTo(4);
        }
    }

    @Test
    void moreReadersThanAllowedWaitAndTimeOut() throws Exception {
        try (CacheUnderTest test = CacheUnderTest.open("performance.max_concurrent_readers", 2,
                "performance.lock_timeout", "50ms")) {
            CacheStore cache = test.cache();
            cache.set("key", bytes(1));
            CountDownLatch inside = new CountDownLatch(2);
            CountDownLatch leave = new CountDownLatch(1);
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit(() -> cache.read("key", slice -> {
                    inside.countDown();
                    try {
                        leave.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    return slice.length();
                })));
            }
            inside.await();
            assertThatThrownBy(() -> cache.get("key")).hasMessageContaining("max_concurrent_readers")
                    .satisfies(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.RESOURCE_LOCK_TIMEOUT));
            cache.set("key", bytes(2));
            leave.countDown();
            for (Future<?> reader : readers) {
                reader.get();
            }
            assertThat(cache.get("key")).isPresent();
        }
    }

    @Test
    void moreWritersThanAllowedWaitAndTimeOut() throws Exception {
        try (CacheUnderTest test = CacheUnderTest.open("performance.max_concurrent_writers", 1,
                "performance.lock_timeout", "50ms")) {
            CacheStore cache = test.cache();
            CountDownLatch leave = new CountDownLatch(1);
            Future<?> parked = park(cache, new CountDownLatch(1), leave);
            assertThatThrownBy(() -> cache.set("elsewhere", bytes(1))).hasMessageContaining("max_concurrent_writers")
                    .satisfies(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.RESOURCE_LOCK_TIMEOUT));
            leave.countDown();
            parked.get();
            cache.set("elsewhere", bytes(1));
            assertThat(cache.has("elsewhere")).isTrue();
        }
    }

    @Test
    void whatAZeroCopyReaderLooksAtIsNotReused() throws Exception {
        try (CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "1MB", "shards", 1)) {
            CacheStore cache = test.cache();
            cache.set("key", new byte[1000]);
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            Future<Boolean> reader = threads.submit(() -> cache.read("key", slice -> {
                inside.countDown();
                try {
                    leave.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return slice.contentEquals(new byte[1000]);
            }).orElseThrow());
            inside.await();
            byte[] ones = new byte[1000];
            Arrays.fill(ones, (byte) 1);
            for (int i = 0; i < 400; i++) {
                cache.set("key", ones);
            }
            leave.countDown();
            assertThat(reader.get()).isTrue();
            assertThat(cache.getOrThrow("key")).isEqualTo(ones);
            for (int i = 0; i < 3000; i++) {
                cache.set("key" + i, ones);
            }
            assertThat(test.budget().usedBytes()).isLessThanOrEqualTo(1 << 20);
        }
    }

    @Test
    void aWalkMeetsEveryLastingEntryOnceWhileOthersComeAndGo() throws Exception {
        try (CacheUnderTest test = CacheUnderTest.open("shards", 2, "performance.batch_size", 7)) {
            CacheStore cache = test.cache();
            for (int i = 0; i < 5000; i++) {
                cache.set("lasting" + i, bytes(i));
            }
            AtomicBoolean done = new AtomicBoolean();
            Future<?> noise = threads.submit(() -> {
                Random random = new Random(1);
                while (!done.get()) {
                    String key = "passing" + random.nextInt(20_000);
                    if (random.nextBoolean()) {
                        cache.set(key, new byte[random.nextInt(300)]);
                    } else {
                        cache.delete(key);
                    }
                    cache.set("lasting" + random.nextInt(5000), new byte[random.nextInt(300)]);
                }
            });
            for (int round = 0; round < 20; round++) {
                List<String> met = cache.keys("lasting*");
                assertThat(met).hasSize(5000).doesNotHaveDuplicates();
            }
            done.set(true);
            noise.get();
        }
    }
}
