// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/** Goes round the slots, so that each sample is taken from where the last one ended. */
final class Hand {

    /** How many entries a sample has; a shard with no more than that is searched whole. */
    static final int SAMPLE = 64;

    private int slot;

    /** The next used slot; there must be one. */
    int next(Slots slots) {
        int capacity = slots.capacity();
        do {
            slot = slot + 1 < capacity ? slot + 1 : 0;
        } while (!slots.isUsed(slot));
        return slot;
    }

    /** The size of the next sample. */
    static int sampleOf(Slots slots) {
        return Math.min(SAMPLE, slots.count());
    }
}
