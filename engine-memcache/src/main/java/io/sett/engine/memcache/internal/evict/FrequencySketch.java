// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/**
 * A count-min sketch of 4-bit counters that are halved after ten counts for each entry, so that old popularity fades
 * (G. Cormode, S. Muthukrishnan 2005; aging as in TinyLFU). About 8 bytes for each entry.
 *
 * <p>Threads: counting by many at once may lose counts, which does not matter.
 */
final class FrequencySketch {

    private static final int LEAST = 64;
    private static final int ROWS = 4;
    private static final long HALF = 0x7777777777777777L;
    private static final int[] SEEDS = {0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F};

    private long[] table = new long[LEAST];
    private int counted;

    /** Makes it fit so many entries; estimates stay as they are. */
    void fit(int entries) {
        if (entries > table.length * 2L) {
            long[] larger = new long[table.length * 2];
            System.arraycopy(table, 0, larger, 0, table.length);
            System.arraycopy(table, 0, larger, table.length, table.length);
            table = larger;
        }
    }

    private static int spread(int fragment, int row) {
        int hash = (fragment ^ fragment >>> 15) * SEEDS[row];
        return hash ^ hash >>> 16;
    }

    void count(int fragment) {
        long[] words = table;
        boolean added = false;
        for (int row = 0; row < ROWS; row++) {
            int hash = spread(fragment, row);
            int word = hash & words.length - 1;
            int shift = (hash >>> 28) << 2;
            if ((words[word] >>> shift & 15) < 15) {
                words[word] += 1L << shift;
                added = true;
            }
        }
        if (added && ++counted >= words.length * 20) {
            halve(words);
        }
    }

    private void halve(long[] words) {
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i] >>> 1 & HALF;
        }
        counted /= 2;
    }

    int frequency(int fragment) {
        long[] words = table;
        int least = 15;
        for (int row = 0; row < ROWS; row++) {
            int hash = spread(fragment, row);
            least = Math.min(least, (int) (words[hash & words.length - 1] >>> ((hash >>> 28) << 2) & 15));
        }
        return least;
    }

    long bytes() {
        return table.length * 8L;
    }
}
