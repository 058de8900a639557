// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/**
 * W-TinyLFU (G. Einziger, R. Friedman, B. Manes: "TinyLFU: A Highly Efficient Cache Admission Policy", 2017) without
 * lists: new entries pass through a window, a queue in which a use buys another round; what leaves it stays only if it
 * was used more often than the least used of a sample of the main part. How large the window is, is found by
 * {@link WindowClimber}.
 *
 * <p>The mark: time of the last use, counted in writes, and in its lowest bit whether there was a use since the entry
 * entered the window or began its round there.
 */
final class TinyLfu implements EvictionPolicy {

    private static final int USED = 1;
    private static final int PERIOD = 10;
    private static final int STEPS_A_WRITE = 64;

    private final FrequencySketch sketch = new FrequencySketch();
    private final FragmentQueue window = new FragmentQueue();
    private final WindowClimber climber = new WindowClimber();
    private final Hand hand = new Hand();
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
        return clock | USED;
    }

    @Override
    public void onMiss(int fragment) {
        requests++;
    }

    @Override
    public int onInsert(int fragment) {
        sketch.count(fragment);
        clock += 2;
        return clock;
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

    @Override
    public int onReplace(int fragment, int mark) {
        sketch.count(fragment);
        clock += 2;
        return clock | USED;
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
        int victim = leastUsed(slots);
        int challenger = hasCandidate ? slots.seek(candidate, true) : -1;
        hasCandidate = false;
        boolean refused = challenger >= 0 && challenger != victim && slots.isMain(victim)
                && sketch.frequency(candidate) <= sketch.frequency(slots.fragment(victim));
        return refused ? challenger : victim;
    }

    /** Of a sample of the main part the least used, of equals the oldest; the oldest of all if there is no other. */
    private int leastUsed(Slots slots) {
        int best = -1;
        int lowest = Integer.MAX_VALUE;
        int oldest = -1;
        int left = Hand.sampleOf(slots);
        for (int i = Math.min(4 * left, slots.count()); i > 0 && left > 0; i--) {
            int slot = hand.next(slots);
            oldest = oldest < 0 || isOlder(slots, slot, oldest) ? slot : oldest;
            if (slots.isMain(slot)) {
                left--;
                int frequency = sketch.frequency(slots.fragment(slot));
                if (frequency < lowest || frequency == lowest && isOlder(slots, slot, best)) {
                    lowest = frequency;
                    best = slot;
                }
            }
        }
        return best < 0 ? oldest : best;
    }

    private static boolean isOlder(Slots slots, int slot, int than) {
        return slots.mark(than) - slots.mark(slot) > 0;
    }

    @Override
    public long bytes() {
        return sketch.bytes() + window.bytes();
    }
}
