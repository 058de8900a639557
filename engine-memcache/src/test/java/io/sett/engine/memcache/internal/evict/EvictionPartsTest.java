// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.testkit.Stress;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The sketch, the queue and the ghosts. */
class EvictionPartsTest {

    @Test
    void theSketchKnowsWhoIsMorePopularAndForgets() {
        FrequencySketch sketch = new FrequencySketch();
        sketch.fit(1000);
        for (int i = 0; i < 9; i++) {
            sketch.count(42);
        }
        sketch.count(43);
        assertThat(sketch.frequency(42)).isBetween(9, 10);
        assertThat(sketch.frequency(43)).isBetween(1, 2);
        assertThat(sketch.frequency(44)).isLessThanOrEqualTo(1);
        for (int i = 0; i < 200_000; i++) {
            sketch.count(1000 + i);
        }
        assertThat(sketch.frequency(42)).isLessThan(9);
    }

    @Test
    void theSketchGrowsWithWhatItCounts() {
        FrequencySketch sketch = new FrequencySketch();
        sketch.count(7);
        for (int entries = 1; entries < 100_000; entries++) {
            sketch.fit(entries);
        }
        assertThat(sketch.frequency(7)).isPositive();
        assertThat(sketch.bytes()).isBetween(100_000L * 8, 100_000L * 16);
    }

    @Test
    void theQueueIsAQueue() {
        long seed = Stress.seed();
        Random random = new Random(seed);
        FragmentQueue queue = new FragmentQueue();
        ArrayDeque<Integer> model = new ArrayDeque<>();
        for (int i = 0; i < 100_000; i++) {
            if (random.nextInt(1000) < (i / 10_000 % 2 == 0 ? 550 : 450) || model.isEmpty()) {
                int fragment = random.nextInt();
                queue.add(fragment);
                model.add(fragment);
            } else {
                assertThat(queue.poll()).as("seed %d", seed).isEqualTo(model.poll());
            }
            assertThat(queue.size()).isEqualTo(model.size());
        }
        while (queue.size() > 0) {
            assertThat(queue.poll()).isEqualTo(model.poll());
        }
        assertThat(queue.bytes()).isLessThanOrEqualTo(512);
    }

    @Test
    void ghostsAreRememberedForAboutAsManyAsThereAreEntries() {
        GhostSet ghosts = new GhostSet();
        for (int i = 1; i <= 1000; i++) {
            ghosts.fit(i);
        }
        for (int i = 0; i < 10_000; i++) {
            ghosts.add(i * 7919);
        }
        int young = 0;
        for (int i = 9500; i < 10_000; i++) {
            young += ghosts.remove(i * 7919) ? 1 : 0;
        }
        assertThat(young).isGreaterThan(350);
        assertThat(ghosts.remove(9999 * 7919)).as("taken out").isFalse();
        assertThat(ghosts.remove(100 * 7919)).as("long gone").isFalse();
    }
}
