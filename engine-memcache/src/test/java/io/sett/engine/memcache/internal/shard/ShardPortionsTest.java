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
import org.junit.jupiter.api.Test;

/** What takes long is done in portions, so that no lock is held for long. */
class ShardPortionsTest {

    private static final long NOW = 1_000_000;
    private static final long LATER = NOW + 10_000;

    private final MemoryBudget budget = new MemoryBudget(1L << 40);
    private final KeyHash hash = HashFunction.XX3.stirred();
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
    private final ShardPlan plan = new ShardPlan("test", 1, new EntryLayout(true), hash, Eviction.LRU, true,
            MemoryLimits.of(4 << 20, 0, 0, 1), 100, 100, 0, new SlabPool(budget), new SlabPool(budget), new Counters(),
            silent);
    private final Shard shard = new Shard(plan, NOW);

    private void set(int number, long expiry) {
        byte[] key = ("key-" + number).getBytes(UTF_8);
        shard.set(key, key.length, ShardPlan.fragment(hash.hash(key, key.length)), new byte[50], expiry, NOW);
    }

    @Test
    void aSweepTakesNoMoreThanOneBatch() {
        shard.lock().lock();
        try {
            for (int i = 0; i < 250; i++) {
                set(i, LATER);
            }
            set(1000, 0);
            assertThat(shard.sweep(LATER - 1)).isZero();
            assertThat(shard.sweep(LATER)).isEqualTo(100);
            assertThat(shard.sweep(LATER)).isEqualTo(100);
            assertThat(shard.sweep(LATER)).isEqualTo(50);
            assertThat(shard.sweep(LATER)).isZero();
            assertThat(shard.entries()).isEqualTo(1);
        } finally {
            shard.lock().unlock();
        }
    }

    @Test
    void aWalkStopsAfterItsLimitAndGoesOnWhereItStopped() {
        shard.lock().lock();
        try {
            for (int i = 0; i < 250; i++) {
                set(i, 0);
            }
            int[] met = {0};
            int portions = 0;
            for (long from = 0; from >= 0;) {
                int before = met[0];
                from = shard.walk(from, 10, NOW, (layout, slab, at) -> met[0]++);
                assertThat(met[0] - before).isLessThanOrEqualTo(11);
                portions++;
            }
            assertThat(met[0]).isEqualTo(250);
            assertThat(portions).isGreaterThan(20);
        } finally {
            shard.lock().unlock();
        }
    }
}
