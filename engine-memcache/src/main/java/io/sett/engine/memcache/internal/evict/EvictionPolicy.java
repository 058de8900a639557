// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/** Chooses what makes room in one shard. Called by one thread at a time, but for {@link #onRead}. */
public interface EvictionPolicy {

    /** Whether reading an entry makes it younger. */
    boolean readsRejuvenate();

    /** An entry was read or asked for in vain; may be called by many threads at once, and may be forgetful. */
    void onRead(int fragment);

    /** An entry was written; there are so many in the shard. */
    void onWrite(int fragment, int entries);

    /**
     * Chooses a victim.
     *
     * @param sample at least one entry
     * @return its number in the sample
     */
    int choose(Sample sample);

    /** Off-heap bytes and arrays that it keeps, for the count of memory. */
    default long bytes() {
        return 0;
    }
}
