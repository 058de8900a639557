// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache;

import io.sett.api.cache.CacheStore;
import io.sett.engine.memcache.MemoryCache;
import io.sett.engine.memcache.MemoryCacheOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** 80 % of 300,000 entries of a full cache expire at one moment; writes go on. */
final class Wave {

    private static final int ENTRIES = 300_000;
    private static final int WRITES = 100_000;

    private Wave() {
    }

    private static final class Turned extends Clock {

        private volatile Duration offset = Duration.ZERO;

        @Override
        public Instant instant() {
            return InstantSource.system().instant().plus(offset);
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    static void run() {
        for (int warm = 0; warm < 2; warm++) {
            once(warm == 1);
        }
    }

    private static void once(boolean tell) {
        Turned clock = new Turned();
        long bytes = ENTRIES * 188L;
        try (CacheStore cache = MemoryCache.open(MemoryCacheOptions.defaults().withMaxBytes(bytes).withClock(clock))) {
            byte[] value = CacheRun.value(1, 100);
            for (int i = 0; i < ENTRIES; i++) {
                cache.set(CacheRun.key(i), value, i % 5 == 0 ? Duration.ofHours(5) : Duration.ofMinutes(10));
            }
            long evictedBefore = cache.stats().evictions();
            double[] before = writes(cache, value, ENTRIES);
            long alive = alive(cache);
            clock.offset = Duration.ofMinutes(11);
            long evicted = cache.stats().evictions();
            double[] after = writes(cache, value, 2 * ENTRIES);
            if (tell) {
                CacheRun.result("wave", "before_ns", before[0], "after_ns", after[0], "before_max_us", before[1],
                        "after_max_us", after[1], "evicted_while_filling", (double) evictedBefore,
                        "evicted_after", (double) (cache.stats().evictions() - evicted), "live_before", (double) alive,
                        "live_lost_in_the_wave", (double) alive - alive(cache));
            }
        }
    }

    private static long alive(CacheStore cache) {
        long alive = 0;
        for (int i = 0; i < ENTRIES; i += 5) {
            alive += cache.has(CacheRun.key(i)) ? 1 : 0;
        }
        return alive;
    }

    /** Mean nanoseconds and longest microseconds of writes of new keys with a long life. */
    private static double[] writes(CacheStore cache, byte[] value, int from) {
        long longest = 0;
        long begin = System.nanoTime();
        for (int i = from; i < from + WRITES; i++) {
            long start = System.nanoTime();
            cache.set(CacheRun.key(i), value, Duration.ofHours(1));
            longest = Math.max(longest, System.nanoTime() - start);
        }
        return new double[] {(double) (System.nanoTime() - begin) / WRITES, longest / 1e3};
    }
}
