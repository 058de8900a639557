// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Cuts the keys of a compaction into slices that hold about the same number of bytes. Pure. */
final class KeySlices {

    private KeySlices() {
    }

    /**
     * The slices, in order, without gap or overlap; the first and the last one are open. A slice ends right behind a
     * key and not before one: a deleted range that is cut there then reaches up to that key, and the tables of two
     * slices share none.
     *
     * @param anchors where cuts may be made, in any order
     * @param parts how many slices at most
     */
    static List<KeyLimits> cut(List<Anchor> anchors, int parts) {
        List<Anchor> sorted = new ArrayList<>(anchors);
        sorted.sort(Comparator.comparing(Anchor::key, Arrays::compareUnsigned));
        long total = 0;
        for (Anchor anchor : sorted) {
            total += anchor.bytes();
        }
        List<KeyLimits> slices = new ArrayList<>();
        byte[] start = null;
        long seen = 0;
        for (Anchor anchor : sorted) {
            seen += anchor.bytes();
            boolean due = slices.size() + 1 < parts && seen >= total / parts * (slices.size() + 1);
            if (due && (start == null ? anchor.key().length > 0 : Arrays.compareUnsigned(anchor.key(), start) > 0)) {
                byte[] behind = Arrays.copyOf(anchor.key(), anchor.key().length + 1);
                slices.add(new KeyLimits(start, behind));
                start = behind;
            }
        }
        slices.add(new KeyLimits(start, null));
        return slices;
    }
}
