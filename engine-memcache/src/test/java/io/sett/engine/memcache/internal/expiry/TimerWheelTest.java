// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.slab.SlabHeap;
import io.sett.engine.memcache.internal.slab.SlabPool;
import io.sett.spi.MemoryBudget;
import io.sett.testkit.Stress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

    private static final long START = 1_767_225_600_000L;

    private final SlabHeap heap = new SlabHeap(new SlabPool(new MemoryBudget(1L << 30)));
    private final EntryLayout layout = new EntryLayout(false);
    private final TimerWheel wheel = new TimerWheel(heap, START);
    private final Map<Integer, Long> model = new HashMap<>();

    private int add(long expiry) {
        int ref = heap.allocate(40);
        if (ref == 0) {
            assertThat(heap.grow(4096)).isTrue();
            ref = heap.allocate(40);
        }
        layout.write(heap.slab(ref), SlabHeap.offset(ref), new byte[4], 4, new byte[4], expiry, 0);
        wheel.schedule(ref, expiry);
        model.put(ref, expiry);
        return ref;
    }

    private Set<Integer> advance(long now, int limit) {
        Set<Integer> expired = new HashSet<>();
        int taken;
        do {
            taken = wheel.advance(now, limit, ref -> {
                assertThat(expired.add(ref)).isTrue();
                heap.free(ref);
            });
            assertThat(taken).isLessThanOrEqualTo(limit);
        } while (taken >= limit);
        return expired;
    }

    private void checkAt(long now, int limit, String what) {
        Set<Integer> due = model.entrySet().stream().filter(entry -> entry.getValue() <= now).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(advance(now, limit)).as(what).isEqualTo(due);
        model.keySet().removeAll(due);
        assertThat(wheel.scheduled()).as(what).isEqualTo(model.size());
    }

    @Test
    void everyEntryExpiresInTheFirstRunAfterItsTime() {
        long seed = Stress.seed();
        Random random = new Random(seed);
        long now = START;
        long[] spans = {100, 2_000, 60_000, 3_600_000, 86_400_000, 40L * 86_400_000};
        for (int step = 0; step < Stress.times(3000, 100_000); step++) {
            for (int i = random.nextInt(12); i > 0; i--) {
                add(now + 1 + (long) (random.nextDouble() * spans[random.nextInt(spans.length)]));
            }
            if (random.nextInt(3) == 0 && !model.isEmpty()) {
                int ref = model.keySet().iterator().next();
                wheel.deschedule(ref, model.remove(ref));
                heap.free(ref);
            }
            now += (long) (random.nextDouble() * spans[random.nextInt(spans.length - 1)]) / (1 + random.nextInt(50));
            checkAt(now, 1 + random.nextInt(40), "seed " + seed + " step " + step);
        }
        checkAt(now + 50L * 86_400_000, 7, "end, seed " + seed);
        assertThat(model).isEmpty();
    }

    @Test
    void anEntryIsFoundAtItsVeryMillisecond() {
        add(START + 1_234);
        assertThat(advance(START + 1_233, 10)).isEmpty();
        assertThat(advance(START + 1_234, 10)).hasSize(1);
    }

    @Test
    void aClockThatGoesBackDoesNoHarm() {
        add(START + 5_000);
        assertThat(advance(START - 100_000, 10)).isEmpty();
        assertThat(advance(START + 5_000, 10)).hasSize(1);
    }

    @Test
    void entriesThatNeverExpireStayOut() {
        wheel.schedule(add(START + 10), 0);
        assertThat(wheel.scheduled()).isEqualTo(1);
    }
}
