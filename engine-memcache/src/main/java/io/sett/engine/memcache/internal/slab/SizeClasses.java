// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.slab;

/**
 * Sorts free blocks into 64 classes by size: exact up to 15 units, then four classes for each power of two, all very
 * large ones in the last. The two-level segregated fit of M. Masmano and others (TLSF, 2004), smaller.
 */
final class SizeClasses {

    static final int COUNT = 64;
    static final int LAST = COUNT - 1;

    private static final int EXACT = 16;

    private SizeClasses() {
    }

    /** The class that a block of this size belongs to. */
    static int of(int units) {
        if (units < EXACT) {
            return units;
        }
        int exponent = 31 - Integer.numberOfLeadingZeros(units);
        return Math.min(LAST, EXACT + (exponent - 4) * 4 + (units >>> exponent - 2 & 3));
    }

    /** The lowest class of which every block has at least this size; {@link #LAST} must still be searched. */
    static int allFitting(int units) {
        int own = of(units);
        if (units < EXACT || own == LAST) {
            return own;
        }
        int exponent = 31 - Integer.numberOfLeadingZeros(units);
        boolean lowestOfClass = (units & (1 << exponent - 2) - 1) == 0;
        return lowestOfClass ? own : own + 1;
    }
}
