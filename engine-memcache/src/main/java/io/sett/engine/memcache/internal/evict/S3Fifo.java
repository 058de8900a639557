// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

import java.util.BitSet;

/**
 * S3-FIFO (J. Yang and others: "FIFO queues are all you need for cache eviction", 2023):
 * new entries wait in a small queue; those not used there leave, the others go on to the main queue, where each use buys
 * another round; what comes back soon after it left goes to the main queue at once. The mark counts uses, up to three,
 * so reads of popular entries write nothing.
 */
final class S3Fifo implements EvictionPolicy {

    private static final int MOST_USES = 3;
    private static final int SMALL_PART = 10;
    private static final int SLACK = 256;

    private final FragmentQueue small = new FragmentQueue();
    private final FragmentQueue main = new FragmentQueue();
    private final GhostSet ghosts = new GhostSet();
    private final Hand hand = new Hand();

    @Override
    public int onHit(int fragment, int mark) {
        return mark >= 0 && mark < MOST_USES ? mark + 1 : MOST_USES;
    }

    @Override
    public void onMiss(int fragment) {
        // Only what is written counts.
    }

    @Override
    public int onInsert(int fragment) {
        return 0;
    }

    @Override
    public void inserted(Slots slots, int fragment) {
        ghosts.fit(slots.count());
        int slot = slots.seek(fragment, false);
        if (slot >= 0 && ghosts.remove(fragment)) {
            slots.main(slot, true);
            main.add(fragment);
        } else {
            small.add(fragment);
        }
        tidy(slots, small, false);
        tidy(slots, main, true);
    }

    @Override
    public int onReplace(int fragment, int mark) {
        return onHit(fragment, mark);
    }

    /** Removals leave fragments behind; they go when they are many. */
    private static void tidy(Slots slots, FragmentQueue queue, boolean ofMain) {
        if (queue.size() <= 2 * slots.count() + SLACK) {
            return;
        }
        BitSet met = new BitSet(slots.capacity());
        for (int i = queue.size(); i > 0; i--) {
            int fragment = queue.poll();
            int slot = slots.seek(fragment, ofMain);
            if (slot >= 0 && !met.get(slot)) {
                met.set(slot);
                queue.add(fragment);
            }
        }
    }

    @Override
    public int victim(Slots slots) {
        int limit = 4 * (small.size() + main.size()) + SLACK;
        for (int i = 0; i < limit && small.size() + main.size() > 0; i++) {
            boolean fromSmall = main.size() == 0
                    || small.size() > 0 && small.size() * SMALL_PART >= slots.count();
            int slot = fromSmall ? nextSmall(slots) : nextMain(slots);
            if (slot >= 0) {
                return slot;
            }
        }
        return hand.next(slots);
    }

    private int nextSmall(Slots slots) {
        int fragment = small.poll();
        int slot = slots.seek(fragment, false);
        if (slot >= 0 && slots.mark(slot) > 0) {
            slots.mark(slot, 0);
            slots.main(slot, true);
            main.add(fragment);
            return -1;
        }
        if (slot >= 0) {
            ghosts.add(fragment);
        }
        return slot;
    }

    private int nextMain(Slots slots) {
        int fragment = main.poll();
        int slot = slots.seek(fragment, true);
        int uses = slot < 0 ? 0 : slots.mark(slot);
        if (uses <= 0) {
            return slot;
        }
        slots.mark(slot, Math.min(uses, MOST_USES) - 1);
        main.add(fragment);
        return -1;
    }

    @Override
    public long bytes() {
        return small.bytes() + main.bytes() + ghosts.bytes();
    }
}
