// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has read and must find unchanged at commit: fingerprints of keys, ranges that cursors went over
 * (against phantoms), and the keys of {@code getForUpdate}.
 *
 * <p>Bounded: beyond 2^20 keys or 4096 ranges it remembers coarser (everything, or the hull of the ranges), which can
 * only cause needless conflicts. 16 to 32 bytes for each key. Threads: one at a time.
 */
public final class ReadSet {

    /** Keys remembered one by one. */
    static final int MAX_KEYS = 1 << 20;
    /** Ranges remembered one by one. */
    static final int MAX_RANGES = 4096;

    private static final ReadSet NOTHING = new ReadSet();

    private final FingerprintMap keys = new FingerprintMap();
    private final FingerprintMap forUpdate = new FingerprintMap();
    private final List<KeyRange> ranges = new ArrayList<>(0);

    /** An empty set. */
    public ReadSet() {
    }

    /** The set of those who read nothing; nothing may be added to it. */
    static ReadSet nothing() {
        return NOTHING;
    }

    /** Remembers a key that was read at that version. The first version counts when it is read again. */
    public void addKey(byte[] key, long version) {
        if (keys.size() >= MAX_KEYS) {
            everything();
        } else if (!isEverything()) {
            keys.putFirst(Fingerprint.of(key), version);
        }
    }

    private void everything() {
        keys.clear();
        ranges.clear();
        ranges.add(KeyRange.all());
    }

    private boolean isEverything() {
        return ranges.size() == 1 && ranges.get(0).equals(KeyRange.all());
    }

    /** Remembers a key that must not change from that version on, at every isolation level. */
    public void addForUpdate(byte[] key, long version) {
        forUpdate.putFirst(Fingerprint.of(key), version);
    }

    /** Remembers a range that was scanned. */
    public void addRange(KeyRange range) {
        if (range.isEmpty() || isEverything()) {
            return;
        }
        if (ranges.size() >= MAX_RANGES) {
            KeyRange hull = hull();
            ranges.clear();
            ranges.add(hull);
        }
        ranges.add(range);
    }

    private KeyRange hull() {
        byte @Nullable [] low = ranges.get(0).start().orElse(null);
        byte @Nullable [] high = ranges.get(0).end().orElse(null);
        for (KeyRange range : ranges) {
            byte[] start = range.start().orElse(null);
            byte[] end = range.end().orElse(null);
            low = low == null || start == null ? null : Arrays.compareUnsigned(start, low) < 0 ? start : low;
            high = high == null || end == null ? null : Arrays.compareUnsigned(end, high) > 0 ? end : high;
        }
        return range(low, high);
    }

    static KeyRange range(byte @Nullable [] start, byte @Nullable [] end) {
        if (start == null) {
            return end == null ? KeyRange.all() : KeyRange.lessThan(end);
        }
        return end == null ? KeyRange.atLeast(start) : KeyRange.of(start, end);
    }

    /** Whether nothing was read that a commit must check. */
    public boolean isEmpty() {
        return keys.size() == 0 && forUpdate.size() == 0 && ranges.isEmpty();
    }

    /** Whether a key was read for update. */
    public boolean hasForUpdate() {
        return forUpdate.size() > 0;
    }

    /** Number of keys remembered one by one. */
    public int keyCount() {
        return keys.size();
    }

    /** Number of ranges remembered. */
    public int rangeCount() {
        return ranges.size();
    }

    FingerprintMap keys() {
        return keys;
    }

    FingerprintMap forUpdate() {
        return forUpdate;
    }

    List<KeyRange> ranges() {
        return ranges;
    }
}
