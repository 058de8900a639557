// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/**
 * The oldest of a sample goes; age counts from the last use (LRU) or from the last write (FIFO). The mark is the time,
 * which counts writes. A reader writes nothing but the mark, and that only once between two writes; in a shard that is
 * searched whole it counts too, so there the order of use is exact.
 */
final class ByAge implements EvictionPolicy {

    private final boolean readsRejuvenate;
    private final Hand hand = new Hand();
    private int clock;
    private boolean exact = true;

    ByAge(boolean readsRejuvenate) {
        this.readsRejuvenate = readsRejuvenate;
    }

    @Override
    public int onHit(int fragment, int mark) {
        return !readsRejuvenate ? mark : exact ? ++clock : clock;
    }

    @Override
    public void onMiss(int fragment) {
        // Age is all that counts.
    }

    @Override
    public int onInsert(int fragment) {
        return ++clock;
    }

    @Override
    public void inserted(Slots slots, int fragment) {
        exact = slots.count() <= Hand.SAMPLE;
    }

    @Override
    public int onReplace(int fragment, int mark) {
        return ++clock;
    }

    @Override
    public int victim(Slots slots) {
        int oldest = hand.next(slots);
        for (int i = Hand.sampleOf(slots); i > 1; i--) {
            int slot = hand.next(slots);
            oldest = slots.mark(oldest) - slots.mark(slot) > 0 ? slot : oldest;
        }
        return oldest;
    }

    @Override
    public long bytes() {
        return 0;
    }
}
