// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.lsm.internal.base.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BlockCacheTest {

    @Test
    void neverExceedsItsBytesAndNeverConfusesBlocks() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        BlockCache<String> cache = new BlockCache<>(100_000);
        for (int i = 0; i < 200_000; i++) {
            long file = random.nextInt(5);
            long offset = random.nextInt(2000) * 4096L;
            String found = cache.get(file, offset);
            if (found == null) {
                cache.put(file, offset, file + ":" + offset, 100 + random.nextInt(3000));
            } else {
                assertThat(found).as(Seeds.replay(seed)).isEqualTo(file + ":" + offset);
            }
            if (i % 1000 == 0) {
                assertThat(cache.stats().bytes()).as(Seeds.replay(seed)).isBetween(0L, 100_000L);
            }
        }
        CacheStats stats = cache.stats();
        assertThat(stats.hits() + stats.misses()).isEqualTo(200_000);
        assertThat(stats.entries()).isEqualTo(stats.inserts() - stats.evictions());
        cache.clear();
        assertThat(cache.stats().bytes()).isZero();
        assertThat(cache.stats().entries()).isZero();
    }

    @Test
    void aScanDoesNotDriveOutWhatIsUsed() {
        BlockCache<Integer> cache = new BlockCache<>(1_000_000);
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 100; i++) {
                if (cache.get(1, i) == null) {
                    cache.put(1, i, i, 4000);
                }
            }
        }
        for (int i = 0; i < 10_000; i++) {
            cache.put(2, i, i, 4000);
        }
        int kept = 0;
        for (int i = 0; i < 100; i++) {
            kept += cache.get(1, i) != null ? 1 : 0;
        }
        assertThat(kept).isGreaterThan(90);
    }

    @Test
    void anOversizedBlockHarmsNobody() {
        BlockCache<String> cache = new BlockCache<>(10_000);
        cache.put(1, 1, "small", 100);
        cache.put(1, 2, "huge", 9_000);
        assertThat(cache.get(1, 1)).isEqualTo("small");
        assertThat(cache.get(1, 2)).isNull();
    }

    @Test
    void replacingChargesOnce() {
        BlockCache<String> cache = new BlockCache<>(1_000_000);
        cache.put(1, 1, "a", 1000);
        long bytes = cache.stats().bytes();
        for (int i = 0; i < 50; i++) {
            cache.put(1, 1, "b" + i, 1000);
        }
        assertThat(cache.get(1, 1)).isEqualTo("b49");
        assertThat(cache.stats().bytes()).isEqualTo(bytes);
        cache.resize(500);
        assertThat(cache.get(1, 1)).isNull();
    }

    @Test
    void manyThreadsNeverSeeAWrongBlock() throws InterruptedException {
        BlockCache<Long> cache = new BlockCache<>(4_000_000);
        AtomicReference<String> wrong = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(t);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 200_000; i++) {
                    long offset = random.nextInt(5000);
                    Long found = cache.get(3, offset);
                    if (found == null) {
                        cache.put(3, offset, offset, 1000);
                    } else if (found != offset) {
                        wrong.set(found + " instead of " + offset);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong.get()).isNull();
        assertThat(cache.stats().bytes()).isLessThanOrEqualTo(4_000_000);
    }
}
