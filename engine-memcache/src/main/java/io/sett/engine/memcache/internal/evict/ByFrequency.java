// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/**
 * TinyLFU on samples (G. Einziger, R. Friedman, B. Manes: "TinyLFU", 2017): the youngest part of the entries is a
 * window that nothing is evicted from; among the others the one with the lowest estimated frequency goes, of equals the
 * oldest. A new entry that leaves the window thus stays only if it was used more often than what it competes with.
 */
final class ByFrequency implements EvictionPolicy {

    private static final int WINDOW_PERCENT = 5;

    private final FrequencySketch sketch = new FrequencySketch();

    @Override
    public boolean readsRejuvenate() {
        return true;
    }

    @Override
    public void onRead(int fragment) {
        sketch.count(fragment);
    }

    @Override
    public void onWrite(int fragment, int entries) {
        sketch.fit(entries);
        sketch.count(fragment);
    }

    @Override
    public int choose(Sample sample) {
        int protectedYoungest = sample.size() * WINDOW_PERCENT / 100;
        int victim = sample.oldest();
        int lowest = sketch.frequency(sample.fragment(victim));
        for (int i = 0; i < sample.size(); i++) {
            int frequency = sketch.frequency(sample.fragment(i));
            boolean better = frequency < lowest || frequency == lowest && sample.isOlder(i, victim);
            if (better && sample.younger(i) >= protectedYoungest) {
                victim = i;
                lowest = frequency;
            }
        }
        return victim;
    }

    @Override
    public long bytes() {
        return sketch.bytes();
    }
}
