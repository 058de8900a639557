// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/**
 * A queue of hash fragments, 4 bytes each. What it names may have been removed meanwhile; who takes a fragment out
 * looks whether there still is an entry. One thread at a time.
 */
final class FragmentQueue {

    private static final int LEAST = 16;

    private int[] ring = new int[LEAST];
    private int first;
    private int size;

    int size() {
        return size;
    }

    void add(int fragment) {
        if (size == ring.length) {
            resize(size + Math.max(LEAST, size / 4));
        }
        int at = first + size;
        ring[at < ring.length ? at : at - ring.length] = fragment;
        size++;
    }

    /** Takes the oldest out; there must be one. */
    int poll() {
        int fragment = ring[first];
        first = first + 1 < ring.length ? first + 1 : 0;
        size--;
        if (ring.length > 4 * LEAST && size < ring.length / 4) {
            resize(ring.length / 2);
        }
        return fragment;
    }

    private void resize(int length) {
        int[] other = new int[length];
        int toEnd = Math.min(size, ring.length - first);
        System.arraycopy(ring, first, other, 0, toEnd);
        System.arraycopy(ring, 0, other, toEnd, size - toEnd);
        ring = other;
        first = 0;
    }

    long bytes() {
        return ring.length * 4L;
    }
}
