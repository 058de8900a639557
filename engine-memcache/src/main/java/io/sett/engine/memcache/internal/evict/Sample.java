// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/** Some entries to choose a victim from. Reused; one thread at a time. */
public final class Sample {

    /** The largest number of entries. */
    public static final int LIMIT = 64;

    private final int[] slots = new int[LIMIT];
    private final int[] fragments = new int[LIMIT];
    private final int[] ages = new int[LIMIT];
    private int size;

    /** Empties it. */
    public void clear() {
        size = 0;
    }

    /** Adds an entry; the age counts uses of the shard since its own last one, unsigned. */
    public void add(int slot, int fragment, int age) {
        slots[size] = slot;
        fragments[size] = fragment;
        ages[size++] = age;
    }

    /** How many entries are in it. */
    public int size() {
        return size;
    }

    public int slot(int i) {
        return slots[i];
    }

    public int fragment(int i) {
        return fragments[i];
    }

    /** Whether one entry is older than another. */
    public boolean isOlder(int i, int than) {
        return Integer.compareUnsigned(ages[i], ages[than]) > 0;
    }

    /** The oldest entry. */
    public int oldest() {
        int oldest = 0;
        for (int i = 1; i < size; i++) {
            oldest = isOlder(i, oldest) ? i : oldest;
        }
        return oldest;
    }

    /** How many entries are younger than this one. */
    public int younger(int than) {
        int younger = 0;
        for (int i = 0; i < size; i++) {
            younger += isOlder(than, i) ? 1 : 0;
        }
        return younger;
    }
}
