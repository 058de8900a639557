// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.cache.RemovalCause;
import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.evict.Eviction;
import io.sett.engine.memcache.internal.hash.HashFunction;
import io.sett.engine.memcache.internal.hash.KeyHash;
import io.sett.engine.memcache.internal.slab.SlabPool;
import io.sett.spi.MemoryBudget;
import io.sett.testkit.Stress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A hash with only 8 bits: every key shares its fragment with many others, and no value is ever that of another
 * key.
 */
class ShardCollisionTest {

    private static final int SHARDS = 4;
    private static final int KEYS = 4000;
    private static final int THREADS = 4;

    private final MemoryBudget budget = new MemoryBudget(1L << 40);
    private final KeyHash hash = ((KeyHash) (bytes, length) -> HashFunction.FNV.hash(bytes, length) & 0xff).stirred();
    private final RemovalSink silent = new RemovalSink() {
        @Override
        public boolean wants(RemovalCause cause) {
            return false;
        }

        @Override
        public void removed(byte[] key, byte[] value, RemovalCause cause, long now) {
            throw new AssertionError("nobody asked");
        }
    };

    private final Shard[] shards = new Shard[SHARDS];
    private ShardPlan plan = plan(Eviction.LRU);

    private ShardPlan plan(Eviction eviction) {
        return new ShardPlan("test", SHARDS, new EntryLayout(true), hash, eviction, true,
                MemoryLimits.of(4 << 20, 0, 0, SHARDS), 100, 100, 0, new SlabPool(budget), new SlabPool(budget),
                new Counters(), silent);
    }

    private static byte[] key(int number) {
        return ("key-" + number).getBytes(UTF_8);
    }

    /** A value that names its key and is the same byte from there on, so that a torn one shows. */
    private static byte[] value(int number, Random random) {
        byte[] value = new byte[4 + random.nextInt(random.nextInt(20) == 0 ? 3000 : 200)];
        Arrays.fill(value, (byte) random.nextInt());
        value[0] = (byte) (number >>> 24);
        value[1] = (byte) (number >>> 16);
        value[2] = (byte) (number >>> 8);
        value[3] = (byte) number;
        return value;
    }

    private static boolean isOf(byte[] value, int number) {
        int named = value[0] << 24 | (value[1] & 0xff) << 16 | (value[2] & 0xff) << 8 | value[3] & 0xff;
        boolean whole = true;
        for (int i = 5; i < value.length; i++) {
            whole &= value[i] == value[4];
        }
        return named == number && whole;
    }

    @ParameterizedTest
    @EnumSource(Eviction.class)
    void noForeignAndNoTornValueUnderFourThreads(Eviction eviction) throws Exception {
        plan = plan(eviction);
        Arrays.setAll(shards, i -> new Shard(plan, 1000));
        long seed = Stress.seed();
        int operations = Stress.times(50_000, eviction == Eviction.LRU ? 25_000_000 : 2_500_000);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(seed + i);
                Callable<Integer> run = () -> hammer(random, operations);
                runs.add(threads.submit(run));
            }
            int hits = 0;
            for (Future<Integer> run : runs) {
                hits += run.get();
            }
            assertThat(hits).as("seed %d", seed).isPositive();
            assertThat(plan.counters().collisions.sum()).isPositive();
            assertThat(budget.usedBytes()).isLessThanOrEqualTo(4 << 20);
        } finally {
            threads.shutdownNow();
        }
    }

    private int hammer(Random random, int operations) {
        int hits = 0;
        for (int i = 0; i < operations; i++) {
            int number = random.nextInt(KEYS);
            byte[] key = key(number);
            long keyHash = hash.hash(key, key.length);
            Shard shard = shards[plan.shardOf(keyHash)];
            int fragment = ShardPlan.fragment(keyHash);
            int choice = random.nextInt(10);
            if (choice < 6) {
                byte[] value = shard.get(key, key.length, fragment, 1000);
                if (value != null) {
                    hits++;
                    assertThat(isOf(value, number)).as("value of key %d in operation %d", number, i).isTrue();
                }
            } else if (choice < 7) {
                readInPlace(shard, key, fragment, number);
            } else {
                shard.lock().lock();
                try {
                    if (choice < 9) {
                        shard.set(key, key.length, fragment, value(number, random), 0, 1000);
                    } else {
                        shard.delete(key, key.length, fragment, 1000);
                    }
                } finally {
                    shard.lock().unlock();
                }
            }
        }
        return hits;
    }

    private static void readInPlace(Shard shard, byte[] key, int fragment, int number) {
        if (shard.pin()) {
            try {
                Located located = new Located();
                if (shard.locate(key, key.length, fragment, 1000, located)) {
                    byte[] value = new byte[located.length()];
                    located.buffer().get(located.at(), value, 0, value.length);
                    Thread.yield();
                    assertThat(isOf(value, number)).isTrue();
                    byte[] again = new byte[located.length()];
                    located.buffer().get(located.at(), again, 0, again.length);
                    assertThat(again).isEqualTo(value);
                }
            } finally {
                shard.unpin();
            }
        }
    }
}
