// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.memtable;

import io.sett.engine.lsm.internal.base.RangeDeletions;
import java.util.Arrays;
import java.util.List;

/**
 * The range deletions of a memtable: few sets, each at least twice as large as the one behind it, so that adding costs
 * the logarithm of their number on average and searching looks at few sets. One thread adds, any number reads.
 */
final class RangeDeletionStack {

    private static final RangeDeletions[] NONE = {};

    private volatile RangeDeletions[] sets = NONE;

    void add(byte[] start, byte[] end, long version) {
        RangeDeletions[] before = sets;
        int left = before.length;
        RangeDeletions top = RangeDeletions.of(List.of(new RangeDeletions.Deletion(start, end, version)));
        while (left > 0 && before[left - 1].count() < 2 * top.count()) {
            top = RangeDeletions.merge(List.of(before[--left], top));
        }
        RangeDeletions[] after = Arrays.copyOf(before, left + 1);
        after[left] = top;
        sets = after;
    }

    boolean isEmpty() {
        return sets.length == 0;
    }

    List<RangeDeletions> sets() {
        return List.of(sets);
    }

    long newest(byte[] key, int offset, int length, long snapshot) {
        long newest = 0;
        for (RangeDeletions set : sets) {
            newest = Math.max(newest, set.newest(key, offset, length, snapshot));
        }
        return newest;
    }

    long memory() {
        long bytes = 0;
        for (RangeDeletions set : sets) {
            bytes += set.memory();
        }
        return bytes;
    }
}
