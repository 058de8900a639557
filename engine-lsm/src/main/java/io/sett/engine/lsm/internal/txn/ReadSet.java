// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.txn;

import io.sett.api.common.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a transaction has read: keys as fingerprints, scans as ranges. For one thread. */
final class ReadSet {

    private static final int MANY_RANGES = 64;

    private long[] table = new long[8];
    private int size;
    private final List<KeyRange> ranges = new ArrayList<>(0);

    void addKey(byte[] key) {
        if (size * 2 >= table.length) {
            long[] wider = new long[table.length * 2];
            for (long fingerprint : table) {
                if (fingerprint != 0) {
                    wider[place(wider, fingerprint)] = fingerprint;
                }
            }
            table = wider;
        }
        long fingerprint = VersionTable.fingerprint(key, 0, key.length);
        int at = place(table, fingerprint);
        if (table[at] == 0) {
            table[at] = fingerprint;
            size++;
        }
    }

    /** Adds a range; many ranges become the one that spans them, which only makes more conflicts. */
    void addRange(KeyRange range) {
        if (range.isEmpty() || ranges.contains(range)) {
            return;
        }
        ranges.add(range);
        if (ranges.size() > MANY_RANGES) {
            KeyRange all = span(ranges);
            ranges.clear();
            ranges.add(all);
        }
    }

    private static KeyRange span(List<KeyRange> parts) {
        byte[] low = null;
        byte[] high = null;
        boolean openLow = false;
        boolean openHigh = false;
        for (KeyRange part : parts) {
            byte[] start = part.start().orElse(null);
            byte[] end = part.end().orElse(null);
            openLow |= start == null;
            openHigh |= end == null;
            if (start != null && (low == null || Arrays.compareUnsigned(start, low) < 0)) {
                low = start;
            }
            if (end != null && (high == null || Arrays.compareUnsigned(end, high) > 0)) {
                high = end;
            }
        }
        if (openLow || low == null) {
            return openHigh || high == null ? KeyRange.all() : KeyRange.lessThan(high);
        }
        return openHigh || high == null ? KeyRange.atLeast(low) : KeyRange.of(low, high);
    }

    boolean isEmpty() {
        return size == 0 && ranges.isEmpty();
    }

    List<KeyRange> ranges() {
        return ranges;
    }

    /** Whether a commit above the version wrote something that was read. */
    boolean lostAgainst(ConflictDetector detector, long readVersion) {
        for (long fingerprint : table) {
            if (fingerprint != 0 && detector.wroteAbove(readVersion, fingerprint)) {
                return true;
            }
        }
        for (KeyRange range : ranges) {
            if (detector.isRangeForgotten(readVersion) || detector.wroteAbove(readVersion, range)) {
                return true;
            }
        }
        return false;
    }

    private static int place(long[] table, long fingerprint) {
        int mask = table.length - 1;
        int at = (int) (fingerprint ^ fingerprint >>> 32) & mask;
        while (table[at] != 0 && table[at] != fingerprint) {
            at = at + 1 & mask;
        }
        return at;
    }
}
