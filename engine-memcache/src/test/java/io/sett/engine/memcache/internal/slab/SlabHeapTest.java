// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.spi.MemoryBudget;
import io.sett.testkit.Stress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlabHeapTest {

    private final MemoryBudget budget = new MemoryBudget(1L << 30);
    private final SlabPool pool = new SlabPool(budget);
    private final SlabHeap heap = new SlabHeap(pool);

    private record Block(byte[] content) {
    }

    private int allocate(int bytes) {
        int ref = heap.allocate(bytes);
        while (ref == 0) {
            assertThat(heap.grow(SlabPool.reservedFor(Math.max(4096, SlabHeap.blockBytesFor(bytes))))).isTrue();
            ref = heap.allocate(bytes);
        }
        return ref;
    }

    private void fill(int ref, byte[] content) {
        heap.slab(ref).put(SlabHeap.offset(ref) + SlabHeap.BLOCK_HEADER, content, 0, content.length);
    }

    private byte[] content(int ref) {
        byte[] content = new byte[SlabHeap.length(heap.slab(ref), SlabHeap.offset(ref)) - SlabHeap.BLOCK_HEADER];
        heap.slab(ref).get(SlabHeap.offset(ref) + SlabHeap.BLOCK_HEADER, content, 0, content.length);
        return content;
    }

    @Test
    void randomAllocationFreeingAndEvacuationKeepEveryBlock() {
        long seed = Stress.seed();
        Random random = new Random(seed);
        Map<Integer, Block> model = new HashMap<>();
        for (int step = 0; step < Stress.times(60_000, 1_000_000); step++) {
            int choice = random.nextInt(100);
            if (choice < 52) {
                byte[] bytes = new byte[16 + random.nextInt(random.nextInt(10) == 0 ? 6000 : 300)];
                random.nextBytes(bytes);
                int ref = allocate(SlabHeap.BLOCK_HEADER + bytes.length);
                fill(ref, bytes);
                assertThat(model.put(ref, new Block(bytes))).as("seed %d step %d", seed, step).isNull();
            } else if (choice < 99 && !model.isEmpty()) {
                int ref = new ArrayList<>(model.keySet().stream().limit(20).toList()).get(random.nextInt(
                        Math.min(20, model.size())));
                assertThat(content(ref)).as("seed %d step %d", seed, step).isEqualTo(model.remove(ref).content);
                heap.free(ref);
            } else if (heap.emptiest() != 0) {
                heap.evacuate(heap.emptiest(), (from, to) -> model.put(to, model.remove(from)));
            }
        }
        model.forEach((ref, block) -> assertThat(content(ref)).as("seed %d", seed).isEqualTo(block.content));
        assertThat(pool.heldBytes()).isEqualTo(heap.allocatedBytes()).isEqualTo(budget.usedBytes());
        List.copyOf(model.keySet()).forEach(heap::free);
        assertThat(heap.allocatedBytes()).isZero();
        assertThat(heap.freeBytes()).isZero();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void shorteningGivesTheRestBack() {
        int ref = allocate(1000);
        long before = heap.freeBytes();
        heap.shorten(ref, 100);
        assertThat(heap.freeBytes()).isEqualTo(before + 1000 - 104);
        assertThat(SlabHeap.length(heap.slab(ref), SlabHeap.offset(ref))).isEqualTo(100);
        assertThat(heap.fits(ref, 105)).isFalse();
        assertThat(heap.fits(ref, 104)).isTrue();
    }

    @Test
    void slabsCheckTheirBounds() {
        assertThat(heap.grow(1024)).isTrue();
        int ref = heap.allocate(100);
        Slab slab = heap.slab(ref);
        assertThatThrownBy(() -> slab.getInt(1022)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slab.putInt(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slab.put(1000, new byte[100], 0, 100)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slab.get(1000, new byte[100], 0, 100)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slab.copy(1000, slab, 0, 100)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slab.matches(1020, new byte[8], 8)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void everySizeClassHoldsOnlyBlocksThatFit() {
        for (int units = 3; units < 400_000; units = units < 3000 ? units + 1 : units + 997) {
            int fitting = SizeClasses.allFitting(units);
            if (fitting < SizeClasses.LAST) {
                int smallestOfFitting = smallestOf(fitting);
                assertThat(smallestOfFitting).as("units %d", units).isGreaterThanOrEqualTo(units);
            }
        }
    }

    private static int smallestOf(int sizeClass) {
        if (sizeClass < 16) {
            return sizeClass;
        }
        int exponent = (sizeClass - 16) / 4 + 4;
        return (1 << exponent) + ((sizeClass - 16) % 4 << exponent - 2);
    }
}
