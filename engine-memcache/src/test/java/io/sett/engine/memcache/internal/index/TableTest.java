// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.memcache.internal.slab.SlabPool;
import io.sett.spi.MemoryBudget;
import io.sett.testkit.Stress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableTest {

    private final SlabPool pool = new SlabPool(new MemoryBudget(1L << 30));

    private Table grown(Table table, int capacity) {
        Table larger = Objects.requireNonNull(table.resized(pool, capacity));
        table.release(pool);
        return larger;
    }

    private static int find(Table table, int fragment, int ref) {
        for (int slot = table.place(fragment); slot < table.capacity() && table.ref(slot) != 0; slot++) {
            if (table.ref(slot) == ref) {
                return slot;
            }
        }
        return -1;
    }

    private void fuzz(int fragmentBits) {
        long seed = Stress.seed();
        Random random = new Random(seed);
        Table table = Objects.requireNonNull(Table.create(pool, Table.capacityFor(1), 0));
        Map<Integer, Integer> model = new HashMap<>();
        int next = 1;
        for (int step = 0; step < Stress.times(30_000, 500_000); step++) {
            if (random.nextInt(100) < 65) {
                int fragment = random.nextInt() & -1 << 32 - fragmentBits;
                if ((model.size() + 1) * 100L > table.size() * 88L) {
                    table = grown(table, Table.larger(table.capacity()));
                }
                while (!table.insert(fragment, next, step)) {
                    table = grown(table, table.capacity() + 256);
                }
                model.put(next++, fragment);
            } else if (!model.isEmpty()) {
                int ref = model.keySet().iterator().next();
                int slot = find(table, model.remove(ref), ref);
                assertThat(slot).as("seed %d step %d", seed, step).isNotNegative();
                table.remove(slot);
            }
            if (step % 5000 == 4999) {
                check(table, model, seed);
                table = grown(table, Math.max(Table.capacityFor(model.size()), table.capacity() / 2));
                check(table, model, seed);
            }
        }
        table.release(pool);
        assertThat(pool.heldBytes()).isZero();
    }

    private static void check(Table table, Map<Integer, Integer> model, long seed) {
        assertThat(table.count()).as("seed %d", seed).isEqualTo(model.size());
        long before = -1;
        int seen = 0;
        for (int slot = 0; slot < table.capacity(); slot++) {
            if (table.ref(slot) != 0) {
                assertThat(table.fragment(slot)).as("seed %d", seed).isEqualTo(model.get(table.ref(slot)));
                long fragment = table.fragment(slot) & 0xffffffffL;
                assertThat(fragment).as("order, seed %d", seed).isGreaterThanOrEqualTo(before);
                assertThat(table.place((int) fragment)).isLessThanOrEqualTo(slot);
                before = fragment;
                seen++;
            }
        }
        assertThat(seen).isEqualTo(model.size());
        model.forEach((ref, fragment) -> assertThat(find(table, fragment, ref)).as("seed %d", seed).isNotNegative());
    }

    @Test
    void behavesLikeAMap() {
        fuzz(32);
    }

    @Test
    void behavesLikeAMapWithFewDifferentFragments() {
        fuzz(5);
    }

    @Test
    void anEmptyTableIsSmall() {
        assertThat(Table.bytesFor(Table.capacityFor(1))).isLessThanOrEqualTo(512);
    }
}
