// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Deletions of ranges, cut at each other's bounds into fragments that do not overlap; each has the versions of the
 * deletions that cover it. A deletion hides entries of lower versions only, so a value that the same commit puts stays.
 *
 * <p>Immutable; any number of threads. A search costs one binary search.
 */
public final class RangeDeletions {

    /** Nothing is deleted. */
    public static final RangeDeletions NONE = new RangeDeletions(List.of());

    /**
     * A range that one commit deletes.
     *
     * @param start first key of it; not to be changed
     * @param end first key behind it; not to be changed
     * @param version of the commit
     */
    public record Deletion(byte[] start, byte[] end, long version) {
    }

    /**
     * A range with the same deletions everywhere.
     *
     * @param start first key of it
     * @param end first key behind it
     * @param versions of its deletions, newest first, at least one
     */
    public record Fragment(byte[] start, byte[] end, long[] versions) {

        /** The newest one. */
        public long newest() {
            return versions[0];
        }
    }

    private final Fragment[] fragments;
    private final long minVersion;
    private final long maxVersion;

    private RangeDeletions(List<Fragment> sorted) {
        fragments = sorted.toArray(new Fragment[0]);
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (Fragment fragment : fragments) {
            highest = Math.max(highest, fragment.versions[0]);
            lowest = Math.min(lowest, fragment.versions[fragment.versions.length - 1]);
        }
        minVersion = lowest;
        maxVersion = highest;
    }

    /** Cuts deletions into fragments; ranges that are empty count for nothing. */
    public static RangeDeletions of(Collection<Deletion> deletions) {
        TreeMap<byte[], List<Deletion>> starts = new TreeMap<>(Arrays::compareUnsigned);
        TreeMap<byte[], List<Deletion>> ends = new TreeMap<>(Arrays::compareUnsigned);
        for (Deletion deletion : deletions) {
            if (Arrays.compareUnsigned(deletion.start, deletion.end) < 0) {
                starts.computeIfAbsent(deletion.start, key -> new ArrayList<>()).add(deletion);
                ends.computeIfAbsent(deletion.end, key -> new ArrayList<>()).add(deletion);
            }
        }
        if (starts.isEmpty()) {
            return NONE;
        }
        return new RangeDeletions(sweep(starts, ends));
    }

    /** From bound to bound with the versions that are in force there. */
    private static List<Fragment> sweep(TreeMap<byte[], List<Deletion>> starts, TreeMap<byte[], List<Deletion>> ends) {
        TreeMap<byte[], Boolean> bounds = new TreeMap<>(Arrays::compareUnsigned);
        starts.keySet().forEach(key -> bounds.put(key, true));
        ends.keySet().forEach(key -> bounds.put(key, true));
        TreeMap<Long, Integer> inForce = new TreeMap<>();
        List<Fragment> found = new ArrayList<>();
        byte[] from = Bytes.EMPTY;
        for (byte[] bound : bounds.keySet()) {
            if (!inForce.isEmpty()) {
                long[] versions = inForce.descendingKeySet().stream().mapToLong(Long::longValue).toArray();
                append(found, new Fragment(from, bound, versions));
            }
            ends.getOrDefault(bound, List.of()).forEach(deletion ->
                    inForce.computeIfPresent(deletion.version, (version, uses) -> uses == 1 ? null : uses - 1));
            starts.getOrDefault(bound, List.of()).forEach(deletion -> inForce.merge(deletion.version, 1, Integer::sum));
            from = bound;
        }
        return found;
    }

    /** Adds a fragment, or makes the one before longer when both have the same versions. */
    private static void append(List<Fragment> found, Fragment fragment) {
        int last = found.size() - 1;
        if (last >= 0 && Arrays.equals(found.get(last).end, fragment.start)
                && Arrays.equals(found.get(last).versions, fragment.versions)) {
            found.set(last, new Fragment(found.get(last).start, fragment.end, fragment.versions));
        } else {
            found.add(fragment);
        }
    }

    /** Fragments in ascending order that do not overlap, as a table stores them. */
    public static RangeDeletions ofSorted(List<Fragment> fragments) {
        return fragments.isEmpty() ? NONE : new RangeDeletions(fragments);
    }

    /** All deletions of several sets. */
    public static RangeDeletions merge(Collection<RangeDeletions> sets) {
        List<Deletion> all = new ArrayList<>();
        RangeDeletions only = NONE;
        int used = 0;
        for (RangeDeletions set : sets) {
            if (!set.isEmpty()) {
                only = set;
                used++;
                all.addAll(set.deletions());
            }
        }
        return used < 2 ? only : of(all);
    }

    /** Each fragment as often as it has versions. */
    public List<Deletion> deletions() {
        List<Deletion> all = new ArrayList<>();
        for (Fragment fragment : fragments) {
            for (long version : fragment.versions) {
                all.add(new Deletion(fragment.start, fragment.end, version));
            }
        }
        return all;
    }

    /** Whether nothing is deleted. */
    public boolean isEmpty() {
        return fragments.length == 0;
    }

    /** Number of fragments. */
    public int count() {
        return fragments.length;
    }

    /** A fragment, by ascending keys. */
    public Fragment fragment(int index) {
        return fragments[index];
    }

    /** The lowest version, Long.MAX_VALUE when empty. */
    public long minVersion() {
        return minVersion;
    }

    /** The highest version, 0 when empty. */
    public long maxVersion() {
        return maxVersion;
    }

    /** The first fragment that ends behind the key; {@link #count} when there is none. */
    public int firstEndingBehind(byte[] key, int offset, int length) {
        int low = 0;
        int high = fragments.length;
        while (low < high) {
            int middle = low + high >>> 1;
            byte[] end = fragments[middle].end;
            if (Bytes.compare(end, 0, end.length, key, offset, length) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The version of the newest deletion of the key that is not above the snapshot; 0 when there is none. */
    public long newest(byte[] key, int offset, int length, long snapshot) {
        int index = firstEndingBehind(key, offset, length);
        if (index == fragments.length) {
            return 0;
        }
        byte[] start = fragments[index].start;
        boolean inside = Bytes.compare(start, 0, start.length, key, offset, length) <= 0;
        return inside ? newest(fragments[index], snapshot) : 0;
    }

    /** The newest version of a fragment that is not above the snapshot; 0 when there is none. */
    static long newest(Fragment fragment, long snapshot) {
        for (long version : fragment.versions) {
            if (version <= snapshot) {
                return version;
            }
        }
        return 0;
    }

    /** What of it lies between two keys, the second one excluded; null is no limit. */
    public RangeDeletions clip(byte @Nullable [] from, byte @Nullable [] to) {
        List<Fragment> inside = new ArrayList<>();
        for (Fragment fragment : fragments) {
            byte[] start = from != null && Arrays.compareUnsigned(from, fragment.start) > 0 ? from : fragment.start;
            byte[] end = to != null && Arrays.compareUnsigned(to, fragment.end) < 0 ? to : fragment.end;
            if (Arrays.compareUnsigned(start, end) < 0) {
                inside.add(new Fragment(start, end, fragment.versions));
            }
        }
        return ofSorted(inside);
    }

    /** Tells where in a range something may lie that a deletion has still to hide. */
    @FunctionalInterface
    public interface Older {

        /** Anywhere in it. */
        Older ANYWHERE = (start, end, version) -> List.of(new Deletion(start, end, version));

        /** The parts of the range in which there may be entries below the version, as deletions of that version. */
        List<Deletion> parts(byte[] start, byte[] end, long version);
    }

    /**
     * What of it must be kept: every deletion above the oldest reader; of the others the newest one of each key, where
     * it has something to hide.
     */
    public RangeDeletions forReaders(long oldestReader, Older older) {
        if (isEmpty()) {
            return this;
        }
        List<Deletion> kept = new ArrayList<>();
        for (Fragment fragment : fragments) {
            for (long version : fragment.versions) {
                if (version <= oldestReader) {
                    kept.addAll(older.parts(fragment.start, fragment.end, version));
                    break;
                }
                kept.add(new Deletion(fragment.start, fragment.end, version));
            }
        }
        return of(kept);
    }

    /** About the bytes of memory that it takes. */
    public long memory() {
        long bytes = 0;
        for (Fragment fragment : fragments) {
            bytes += 96L + fragment.start.length + fragment.end.length + 8L * fragment.versions.length;
        }
        return bytes;
    }
}
