// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/**
 * W-TinyLFU (G. Einziger, R. Friedman, B. Manes: "TinyLFU: A Highly Efficient Cache Admission Policy", 2017) on samples
 * instead of lists. New entries pass through a window, a queue in which a use buys another round; what leaves it stays
 * only if it was used more often than the oldest unprotected one of a sample of the main part. In there, entries that
 * were used since they came, up to four of five, are protected. How large the window is, is found by {@link WindowClimber}.
 *
 * <p>The mark: time of the last use, counted in writes, and in its lowest bits whether the entry is protected and
 * whether there was a use since somebody looked.
 */
final class TinyLfu implements EvictionPolicy {

    private static final int USED = 1;
    private static final int PROTECTED = 2;
    private static final int TICK = 4;
    private static final int PERIOD = 10;
    private static final int STEPS_A_WRITE = 64;
    private static final int SAMPLE_RANGE = 4;

    private final FrequencySketch sketch = new FrequencySketch();
    private final FragmentQueue window = new FragmentQueue();
    private final WindowClimber climber = new WindowClimber();
    private final Hand hand = new Hand();
    private final int[] sample = new int[Hand.SAMPLE];
    private int clock;
    private int candidate;
    private boolean hasCandidate;
    private boolean full;
    private int hits;
    private int requests;

    @Override
    public int onHit(int fragment, int mark) {
        sketch.count(fragment);
        hits++;
        requests++;
        return clock | USED | mark & PROTECTED;
    }

    @Override
    public void onMiss(int fragment) {
        requests++;
    }

    @Override
    public int onInsert(int fragment) {
        sketch.count(fragment);
        clock += TICK;
        return clock;
    }

    @Override
    public int onReplace(int fragment, int mark) {
        sketch.count(fragment);
        clock += TICK;
        return clock | USED | mark & PROTECTED;
    }

    @Override
    public void inserted(Slots slots, int fragment) {
        sketch.fit(slots.count());
        window.add(fragment);
        if (full && requests >= PERIOD * slots.count()) {
            climber.observe((double) hits / requests);
            hits = 0;
            requests = 0;
        }
        shrinkWindow(slots);
    }

    private void shrinkWindow(Slots slots) {
        int most = Math.max(1, (int) Math.round(climber.share() * slots.count()));
        for (int i = 0; i < STEPS_A_WRITE && window.size() > most; i++) {
            int fragment = window.poll();
            int slot = slots.seek(fragment, false);
            int mark = slot < 0 ? 0 : slots.mark(slot);
            if ((mark & USED) != 0) {
                slots.mark(slot, mark & ~USED);
                window.add(fragment);
            } else if (slot >= 0) {
                slots.main(slot, true);
                candidate = fragment;
                hasCandidate = true;
            }
        }
    }

    @Override
    public int victim(Slots slots) {
        full = true;
        int size = takeSample(slots);
        if (size == 0) {
            return oldest(slots);
        }
        protect(slots, size);
        int unprotected = oldest(slots, size, false);
        int victim = unprotected < 0 ? sample[0] : unprotected;
        int challenger = hasCandidate ? slots.seek(candidate, true) : -1;
        hasCandidate = false;
        boolean refused = challenger >= 0 && challenger != victim
                && sketch.frequency(candidate) <= sketch.frequency(slots.fragment(victim));
        return refused ? challenger : victim;
    }

    /** Entries of the main part; none when nearly all are in the window. */
    private int takeSample(Slots slots) {
        int size = 0;
        for (int i = Math.min(SAMPLE_RANGE * Hand.SAMPLE, slots.count()); i > 0 && size < Hand.SAMPLE; i--) {
            int slot = hand.next(slots);
            if (slots.isMain(slot)) {
                sample[size++] = slot;
            }
        }
        return size;
    }

    /** Protects what was used, and ends the protection of the oldest where too many have it. */
    private void protect(Slots slots, int size) {
        int protectedOnes = 0;
        for (int i = 0; i < size; i++) {
            int mark = slots.mark(sample[i]);
            if ((mark & USED) != 0) {
                mark = mark & ~USED | PROTECTED;
                slots.mark(sample[i], mark);
            }
            protectedOnes += (mark & PROTECTED) != 0 ? 1 : 0;
        }
        for (; protectedOnes * 5 > size * 4; protectedOnes--) {
            int oldest = oldest(slots, size, true);
            if (oldest < 0) {
                return;
            }
            clock += TICK;
            slots.mark(oldest, clock);
        }
    }

    /** The oldest of those with protection, or without; -1 when readers have just changed the last one. */
    private int oldest(Slots slots, int size, boolean isProtected) {
        int oldest = -1;
        for (int i = 0; i < size; i++) {
            int slot = sample[i];
            if ((slots.mark(slot) & PROTECTED) != 0 == isProtected && (oldest < 0 || isOlder(slots, slot, oldest))) {
                oldest = slot;
            }
        }
        return oldest;
    }

    /** The oldest of a sample, of whatever part. */
    private int oldest(Slots slots) {
        int oldest = hand.next(slots);
        for (int i = Hand.sampleOf(slots); i > 1; i--) {
            int slot = hand.next(slots);
            oldest = isOlder(slots, slot, oldest) ? slot : oldest;
        }
        return oldest;
    }

    private static boolean isOlder(Slots slots, int slot, int than) {
        return slots.mark(than) - slots.mark(slot) > 0;
    }

    @Override
    public long bytes() {
        return sketch.bytes() + window.bytes();
    }
}
