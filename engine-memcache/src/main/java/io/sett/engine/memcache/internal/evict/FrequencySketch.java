// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/**
 * A count-min sketch of 4-bit counters that are halved after twenty counts for each entry, so that old popularity fades
 * (G. Cormode, S. Muthukrishnan 2005; aging as in TinyLFU). The four counters of a fragment lie in one block of 64
 * bytes, a line of the processor's cache. Between 8 and 16 bytes for each entry.
 *
 * <p>Threads: counting by many at once may lose counts, which does not matter.
 */
final class FrequencySketch {

    private static final int LEAST = 64;
    private static final int ROWS = 4;
    private static final int BLOCK_SHIFT = 3;
    private static final int COUNTS_AN_ENTRY = 20;
    private static final long LOWEST_BITS = 0x1111111111111111L;
    private static final long HALF = 0x7777777777777777L;

    private long[] table = new long[LEAST];
    private int sample = LEAST * COUNTS_AN_ENTRY;
    private int counted;

    /** Makes it fit so many entries; estimates stay as they are. */
    void fit(int entries) {
        while (entries > table.length) {
            long[] larger = new long[table.length * 2];
            System.arraycopy(table, 0, larger, 0, table.length);
            System.arraycopy(table, 0, larger, table.length, table.length);
            table = larger;
        }
        sample = Math.max(LEAST, entries) * COUNTS_AN_ENTRY;
    }

    /** Fragments of one shard of an index are in order; this makes their parts independent. */
    private static int spread(int fragment) {
        int hash = (fragment ^ fragment >>> 16) * 0x7feb352d;
        hash = (hash ^ hash >>> 15) * 0x846ca68b;
        return hash ^ hash >>> 16;
    }

    private static int again(int hash) {
        int other = (hash + 0x9e3779b9) * 0x31848bab;
        return other ^ other >>> 14;
    }

    private static int word(int block, int bits, int row) {
        return block + (row << 1) + (bits >>> (row << 3) & 1);
    }

    private static int shift(int bits, int row) {
        return (bits >>> (row << 3) + 1 & 15) << 2;
    }

    private static int block(int hash, long[] words) {
        return (hash & (words.length >>> BLOCK_SHIFT) - 1) << BLOCK_SHIFT;
    }

    void count(int fragment) {
        long[] words = table;
        int hash = spread(fragment);
        int bits = again(hash);
        int block = block(hash, words);
        boolean added = false;
        for (int row = 0; row < ROWS; row++) {
            int word = word(block, bits, row);
            int shift = shift(bits, row);
            if ((words[word] >>> shift & 15) < 15) {
                words[word] += 1L << shift;
                added = true;
            }
        }
        if (added && ++counted >= sample) {
            halve(words);
        }
    }

    private void halve(long[] words) {
        int odd = 0;
        for (int i = 0; i < words.length; i++) {
            odd += Long.bitCount(words[i] & LOWEST_BITS);
            words[i] = words[i] >>> 1 & HALF;
        }
        counted = Math.max(0, counted - odd / ROWS) / 2;
    }

    int frequency(int fragment) {
        long[] words = table;
        int hash = spread(fragment);
        int bits = again(hash);
        int block = block(hash, words);
        int least = 15;
        for (int row = 0; row < ROWS; row++) {
            least = Math.min(least, (int) (words[word(block, bits, row)] >>> shift(bits, row) & 15));
        }
        return least;
    }

    long bytes() {
        return table.length * 8L;
    }
}
