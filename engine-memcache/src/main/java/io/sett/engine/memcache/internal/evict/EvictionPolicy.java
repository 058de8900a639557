// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/**
 * Chooses what makes room in one shard, and keeps for that a mark of 32 bits in each slot. The shard does the rest.
 *
 * <p>Threads: {@link #onHit} and {@link #onMiss} are called by many at once and may be forgetful; everything else is
 * called under the lock of the shard.
 */
public interface EvictionPolicy {

    /** An entry was read: its new mark. */
    int onHit(int fragment, int mark);

    /** A key was asked for in vain. */
    void onMiss(int fragment);

    /** The mark of an entry that is about to be added. */
    int onInsert(int fragment);

    /** An entry was added to the new ones. */
    void inserted(Slots slots, int fragment);

    /** The value of an entry was replaced: its new mark. */
    int onReplace(int fragment, int mark);

    /**
     * Chooses the next to go; the caller takes it out.
     *
     * @param slots with at least one entry
     * @return a used slot
     */
    int victim(Slots slots);

    /** Bytes that it keeps, for the count of memory. */
    long bytes();
}
