// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.memtable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The newest node of each user key by the hash of the key, so that a point lookup needs no way through the levels of
 * the skip list: two cache misses in place of a dozen, and mostly one for a key that is not there.
 *
 * <p>Open addressing with linear probing. A slot is 0 or the upper half of the hash and the node; the upper half also
 * gives the place, so that growing needs no keys. The writer replaces a node by a newer one of the same key.
 *
 * <p>Threads: one puts, any number finds. Who finds sees what was put before the version that he reads was published.
 */
final class PointIndex {

    /** Answer when no node is there. */
    static final int NONE = 0;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int FIRST_CAPACITY = 64;
    private static final long NODE = 0xffff_ffffL;

    private final SkipList list;
    private volatile long[] slots;
    private int used;

    /** With room for so many keys before it grows. */
    PointIndex(SkipList list, long expectedKeys) {
        this.list = list;
        int capacity = FIRST_CAPACITY;
        while (isFull(expectedKeys, capacity) && capacity < 1 << 24) {
            capacity *= 2;
        }
        slots = new long[capacity];
    }

    private static boolean isFull(long keys, int capacity) {
        return keys * 10 > capacity * 7L;
    }

    /** Adds a node that is linked. */
    void put(long hash, int node) {
        long[] table = slots;
        int mask = table.length - 1;
        int tag = (int) (hash >>> 32);
        int data = list.data(node);
        for (int at = tag & mask; ; at = at + 1 & mask) {
            long slot = table[at];
            if (slot == 0) {
                SLOT.setRelease(table, at, slot(tag, node));
                if (isFull(++used, table.length)) {
                    grow(table);
                }
                return;
            }
            if ((int) (slot >>> 32) == tag) {
                int other = list.data((int) (slot & NODE));
                if (list.hasSameKey(data, other)) {
                    if (Long.compareUnsigned(list.trailer(data), list.trailer(other)) <= 0) {
                        SLOT.setRelease(table, at, slot(tag, node));
                    }
                    return;
                }
            }
        }
    }

    private static long slot(int tag, int node) {
        return (long) tag << 32 | node & NODE;
    }

    private void grow(long[] table) {
        long[] larger = new long[table.length * 2];
        int mask = larger.length - 1;
        for (long slot : table) {
            if (slot != 0) {
                int at = (int) (slot >>> 32) & mask;
                while (larger[at] != 0) {
                    at = at + 1 & mask;
                }
                larger[at] = slot;
            }
        }
        slots = larger;
    }

    /** The newest node of the key, or {@link #NONE}. */
    int find(long hash, byte[] key, int offset, int length) {
        long[] table = slots;
        int mask = table.length - 1;
        int tag = (int) (hash >>> 32);
        for (int at = tag & mask; ; at = at + 1 & mask) {
            long slot = (long) SLOT.getAcquire(table, at);
            if (slot == 0) {
                return NONE;
            }
            if ((int) (slot >>> 32) == tag && list.hasKey(list.data((int) (slot & NODE)), key, offset, length)) {
                return (int) (slot & NODE);
            }
        }
    }

    /** Bytes of memory that it takes. */
    long bytes() {
        return slots.length * (long) Long.BYTES + 16;
    }
}
