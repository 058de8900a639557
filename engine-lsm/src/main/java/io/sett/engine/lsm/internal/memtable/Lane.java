// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.memtable;

import io.sett.engine.lsm.internal.base.Bytes;

/**
 * The taller nodes of a skip list at some moment, with their heads side by side: a search finds its way down to their
 * level in one array that fits the processor's cache, where following links costs a cache miss for most steps. Nodes
 * added later are not in it; the search passes them by links. Immutable.
 */
final class Lane {

    /** Answer of {@link #before} when the lane does not help. */
    static final int NO_HELP = 0;

    private final long[] heads;
    private final int[] nodes;

    /** Of some nodes in order, at least one. */
    Lane(long[] heads, int[] nodes) {
        this.heads = heads;
        this.nodes = nodes;
    }

    /** A node before all keys with that head, as near as possible; {@link #NO_HELP} where nodes have that very head. */
    int before(long head) {
        int first = Bytes.firstFrom(heads, head);
        if (first < heads.length && heads[first] == head) {
            return NO_HELP;
        }
        return first == 0 ? SkipList.HEAD : nodes[first - 1];
    }

    long bytes() {
        return heads.length * (long) (Long.BYTES + Integer.BYTES);
    }
}
