// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The range deletions of several places as one reader sees them. Remembers the answer for the keys around the one asked
 * for last, so that who walks along keys pays two comparisons for each. One thread at a time.
 */
public final class RangeCover {

    private final RangeDeletions[] layers;
    private final long snapshot;
    /** Between these keys, null for no limit, {@link #versions} holds. */
    private byte @Nullable [] low;
    private byte @Nullable [] high = Bytes.EMPTY;
    /** Versions of the deletions in force there that the reader sees, newest first. */
    private long[] versions = {};

    /** Of these sets, at that snapshot. */
    public RangeCover(List<RangeDeletions> layers, long snapshot) {
        this.layers = layers.toArray(new RangeDeletions[0]);
        this.snapshot = snapshot;
    }

    /** The same for somebody who walks along other keys. */
    public RangeCover copy() {
        return new RangeCover(List.of(layers), snapshot);
    }

    /** The version of the newest deletion of the key, 0 when there is none. */
    public long newest(byte[] key, int offset, int length) {
        find(key, offset, length);
        return versions.length == 0 ? 0 : versions[0];
    }

    /** The oldest deletion of the key above a version, 0 when there is none. */
    public long oldestAbove(byte[] key, int offset, int length, long version) {
        find(key, offset, length);
        long oldest = 0;
        for (long deletion : versions) {
            if (deletion > version) {
                oldest = deletion;
            }
        }
        return oldest;
    }

    /**
     * How far everything up to a version is deleted.
     *
     * @return the first key from this one on that is not deleted above the version: the key itself is never the answer.
     *     Null when the key is not deleted so
     */
    public byte @Nullable [] deadUntil(byte[] key, int offset, int length, long version) {
        if (newest(key, offset, length) <= version) {
            return null;
        }
        byte[] until = high;
        while (until != null && newest(until, 0, until.length) > version) {
            until = high;
        }
        return until;
    }

    /**
     * From where on everything up to a version is deleted.
     *
     * @return the lowest key such that all from it up to this one are deleted above the version; null when this one is
     *     not
     */
    public byte @Nullable [] deadFrom(byte[] key, int offset, int length, long version) {
        if (newest(key, offset, length) <= version) {
            return null;
        }
        byte[] from = low;
        while (from != null) {
            findBelow(from);
            if (versions.length == 0 || versions[0] <= version) {
                return from;
            }
            from = low;
        }
        return Bytes.EMPTY;
    }

    private void find(byte[] key, int offset, int length) {
        byte[] from = low;
        byte[] to = high;
        boolean known = (to == null || Bytes.compare(key, offset, length, to, 0, to.length) < 0)
                && (from == null || Bytes.compare(key, offset, length, from, 0, from.length) >= 0);
        if (known) {
            return;
        }
        low = null;
        high = null;
        versions = new long[0];
        for (RangeDeletions layer : layers) {
            narrow(layer, layer.firstEndingBehind(key, offset, length), key, offset, length);
        }
        sort();
    }

    private void narrow(RangeDeletions layer, int index, byte[] key, int offset, int length) {
        if (index > 0) {
            raiseLow(layer.fragment(index - 1).end());
        }
        if (index == layer.count()) {
            return;
        }
        RangeDeletions.Fragment next = layer.fragment(index);
        if (Bytes.compare(next.start(), 0, next.start().length, key, offset, length) <= 0) {
            raiseLow(next.start());
            lowerHigh(next.end());
            add(next.versions());
        } else {
            lowerHigh(next.start());
        }
    }

    /** To the keys right below a bound. */
    private void findBelow(byte[] bound) {
        low = null;
        high = bound;
        versions = new long[0];
        for (RangeDeletions layer : layers) {
            int index = layer.firstEndingBehind(bound, 0, bound.length);
            int before = index - 1;
            if (index < layer.count() && Arrays.compareUnsigned(layer.fragment(index).start(), bound) < 0) {
                before = index;
            }
            if (before < 0) {
                continue;
            }
            RangeDeletions.Fragment fragment = layer.fragment(before);
            if (Arrays.compareUnsigned(fragment.end(), bound) >= 0) {
                raiseLow(fragment.start());
                add(fragment.versions());
            } else {
                raiseLow(fragment.end());
            }
        }
        sort();
    }

    private void raiseLow(byte[] bound) {
        byte[] now = low;
        if (now == null || Arrays.compareUnsigned(bound, now) > 0) {
            low = bound;
        }
    }

    private void lowerHigh(byte[] bound) {
        byte[] now = high;
        if (now == null || Arrays.compareUnsigned(bound, now) < 0) {
            high = bound;
        }
    }

    private void add(long[] more) {
        int visible = 0;
        for (long version : more) {
            visible += version <= snapshot ? 1 : 0;
        }
        int at = versions.length;
        versions = Arrays.copyOf(versions, at + visible);
        for (long version : more) {
            if (version <= snapshot) {
                versions[at++] = version;
            }
        }
    }

    private void sort() {
        Arrays.sort(versions);
        for (int i = 0, j = versions.length - 1; i < j; i++, j--) {
            long swapped = versions[i];
            versions[i] = versions[j];
            versions[j] = swapped;
        }
    }
}
