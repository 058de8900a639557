// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A range of keys in unsigned lexicographic order: the start belongs to it, the end does not; either may be open.
 * Immutable; arrays are copied in and out.
 */
public final class KeyRange {

    private static final KeyRange ALL = new KeyRange(null, null);

    private final byte @Nullable [] start;
    private final byte @Nullable [] end;

    private KeyRange(byte @Nullable [] start, byte @Nullable [] end) {
        this.start = start == null || start.length == 0 ? null : start;
        this.end = end;
    }

    /** Every key. */
    public static KeyRange all() {
        return ALL;
    }

    /** From {@code start} (with it) to {@code end} (without it). Empty when start is not below end. */
    public static KeyRange of(byte[] start, byte[] end) {
        return new KeyRange(start.clone(), end.clone());
    }

    /** From {@code start} (with it) on. */
    public static KeyRange atLeast(byte[] start) {
        return new KeyRange(start.clone(), null);
    }

    /** Everything below {@code end} (without it). */
    public static KeyRange lessThan(byte[] end) {
        return new KeyRange(null, end.clone());
    }

    /** That key alone. */
    public static KeyRange single(byte[] key) {
        return new KeyRange(key.clone(), Arrays.copyOf(key, key.length + 1));
    }

    /** All keys that begin with these bytes; an empty prefix is every key. */
    public static KeyRange prefix(byte[] prefix) {
        int length = prefix.length;
        while (length > 0 && prefix[length - 1] == (byte) 0xff) {
            length--;
        }
        if (length == 0) {
            return prefix.length == 0 ? ALL : atLeast(prefix);
        }
        byte[] end = Arrays.copyOf(prefix, length);
        end[length - 1]++;
        return new KeyRange(prefix.clone(), end);
    }

    /** The first key of the range, empty when it has no lower end. */
    public Optional<byte[]> start() {
        return start == null ? Optional.empty() : Optional.of(start.clone());
    }

    /** The first key behind the range, empty when it has no upper end. */
    public Optional<byte[]> end() {
        return end == null ? Optional.empty() : Optional.of(end.clone());
    }

    /** Whether no key can be in it. */
    public boolean isEmpty() {
        return end != null && (start == null ? end.length == 0 : Arrays.compareUnsigned(start, end) >= 0);
    }

    /** Whether the key is in it. */
    public boolean contains(byte[] key) {
        return !isBelow(key) && !isAbove(key);
    }

    /** Whether the key lies before the start. */
    public boolean isBelow(byte[] key) {
        return start != null && Arrays.compareUnsigned(key, start) < 0;
    }

    /** Whether the key lies at or behind the end. */
    public boolean isAbove(byte[] key) {
        return end != null && Arrays.compareUnsigned(key, end) >= 0;
    }

    /** Whether some key is in both. */
    public boolean overlaps(KeyRange other) {
        return !intersect(other).isEmpty();
    }

    /** The keys in both. */
    public KeyRange intersect(KeyRange other) {
        byte[] low = start;
        if (low == null || other.start != null && Arrays.compareUnsigned(other.start, low) > 0) {
            low = other.start;
        }
        byte[] high = end;
        if (high == null || other.end != null && Arrays.compareUnsigned(other.end, high) < 0) {
            high = other.end;
        }
        return new KeyRange(low, high);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRange range && Arrays.equals(start, range.start) && Arrays.equals(end, range.end);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(start) + Arrays.hashCode(end);
    }

    /** The range in hexadecimal: {@code [00ff, 01)}. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return "[" + (start == null ? "" : hex.formatHex(start)) + ", " + (end == null ? "" : hex.formatHex(end)) + ")";
    }
}
