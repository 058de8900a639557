// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/** The oldest of the sample goes; age counts from the last read (LRU) or from the last write (FIFO). */
final class ByAge implements EvictionPolicy {

    private final boolean readsRejuvenate;

    ByAge(boolean readsRejuvenate) {
        this.readsRejuvenate = readsRejuvenate;
    }

    @Override
    public boolean readsRejuvenate() {
        return readsRejuvenate;
    }

    @Override
    public void onRead(int fragment) {
        // Age is all that counts.
    }

    @Override
    public void onWrite(int fragment, int entries) {
        // Age is all that counts.
    }

    @Override
    public int choose(Sample sample) {
        return sample.oldest();
    }
}
