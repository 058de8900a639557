// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.txn;

import io.sett.api.common.KeyRange;
import java.util.Arrays;

/** The keys of recent commits in the order of their versions; answers whether one of them falls into a range. */
final class KeyHistory {

    private byte[] keys = new byte[256];
    private int[] ends = new int[16];
    private long[] versions = new long[16];
    private int size;

    void add(byte[] data, int offset, int length, long version) {
        int start = bytes();
        if (start + length > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(start + length, keys.length * 2));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
            versions = Arrays.copyOf(versions, size * 2);
        }
        System.arraycopy(data, offset, keys, start, length);
        ends[size] = start + length;
        versions[size++] = version;
    }

    /** Bytes of keys kept. */
    int bytes() {
        return size == 0 ? 0 : ends[size - 1];
    }

    /** Whether a commit above the version wrote a key of the range. */
    boolean wroteAbove(long version, KeyRange range) {
        int from = Arrays.binarySearch(versions, 0, size, version + 1);
        int first = from < 0 ? -from - 1 : from;
        while (first > 0 && versions[first - 1] > version) {
            first--;
        }
        byte[] low = range.start().orElse(null);
        byte[] high = range.end().orElse(null);
        for (int i = first; i < size; i++) {
            int start = i == 0 ? 0 : ends[i - 1];
            boolean above = low == null || Arrays.compareUnsigned(keys, start, ends[i], low, 0, low.length) >= 0;
            if (above && (high == null || Arrays.compareUnsigned(keys, start, ends[i], high, 0, high.length) < 0)) {
                return true;
            }
        }
        return false;
    }
}
