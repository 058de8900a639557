// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.slab;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Blocks in slabs: allocation from segregated free lists, merging of free neighbours, evacuation of a slab.
 *
 * <p>Threads: one writer at a time. {@link #slab} and {@link #offset} may be called by readers that check afterwards
 * whether what they saw was still true; they get null or throw {@link IndexOutOfBoundsException} at worst.
 */
public final class SlabHeap {

    /** Bytes of a block that belong to the heap and the owner's 30 bits. */
    public static final int BLOCK_HEADER = 8;
    /** Slabs above this size hold one block. */
    public static final int LARGEST_SHARED_SLAB = 1 << 20;

    private static final int UNIT_SHIFT = 3;
    private static final int PADDING_BITS = 5;
    private static final int PADDING_MASK = (1 << PADDING_BITS) - 1;
    private static final int OFFSET_BITS = 17;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
    private static final int MAX_SLABS = 1 << 31 - OFFSET_BITS;
    private static final int MIN_UNITS = 3;
    private static final int SCAN = 16;
    private static final int FREE = 1;
    private static final int PREVIOUS_FREE = 2;
    private static final int FLAGS = 3;

    private final SlabPool pool;
    private @Nullable Slab[] slabs = new Slab[2];
    private int[] usedUnits = new int[2];
    private int slabEnd = 1;
    private final int[] heads = new int[SizeClasses.COUNT];
    private long nonEmpty;
    private long allocatedBytes;
    private long freeBytes;

    /** An empty heap. */
    public SlabHeap(SlabPool pool) {
        this.pool = pool;
    }

    /** The slab a block lies in; null when there is none (any more). */
    public @Nullable Slab slab(int ref) {
        return slabs[ref >>> OFFSET_BITS];
    }

    /** Where in its slab a block begins. */
    public static int offset(int ref) {
        return (ref & OFFSET_MASK) << UNIT_SHIFT;
    }

    private static int ref(int slab, int at) {
        return slab << OFFSET_BITS | at >>> UNIT_SHIFT;
    }

    /** The bytes that the owner of a block asked for. */
    public static int length(Slab slab, int at) {
        int header = slab.getInt(at);
        return (header >>> PADDING_BITS << UNIT_SHIFT) - (header & PADDING_MASK);
    }

    /** The bytes of a block with its padding. */
    public static int blockBytes(Slab slab, int at) {
        return units(slab, at) << UNIT_SHIFT;
    }

    /** The bytes that a block for so many bytes takes. */
    public static int blockBytesFor(int bytes) {
        return unitsFor(bytes) << UNIT_SHIFT;
    }

    /** The 30 bits of the owner. */
    public static int owner(Slab slab, int at) {
        return slab.getInt(at + 4) >>> 2;
    }

    /** Sets the 30 bits of the owner. */
    public static void owner(Slab slab, int at, int bits) {
        slab.putInt(at + 4, bits << 2 | slab.getInt(at + 4) & FLAGS);
    }

    private static int units(Slab slab, int at) {
        return slab.getInt(at) >>> PADDING_BITS;
    }

    private static int unitsFor(int bytes) {
        return Math.max(MIN_UNITS, bytes + 7 >>> UNIT_SHIFT);
    }

    /** Bytes taken from the pool. */
    public long allocatedBytes() {
        return allocatedBytes;
    }

    /** Bytes in free blocks. */
    public long freeBytes() {
        return freeBytes;
    }

    /** The size of the largest free block, or a lower bound near it. */
    public long largestFreeBytes() {
        if (nonEmpty == 0) {
            return 0;
        }
        int largest = 0;
        int ref = heads[63 - Long.numberOfLeadingZeros(nonEmpty)];
        for (int i = 0; i < SCAN && ref != 0; i++) {
            Slab slab = at(ref);
            largest = Math.max(largest, units(slab, offset(ref)));
            ref = slab.getInt(offset(ref) + 8);
        }
        return (long) largest << UNIT_SHIFT;
    }

    private Slab at(int ref) {
        Slab slab = slabs[ref >>> OFFSET_BITS];
        if (slab == null) {
            throw new IllegalStateException("block " + ref + " lies in a slab that was given back");
        }
        return slab;
    }

    /**
     * Takes a block.
     *
     * @param bytes of the block, its header of {@value #BLOCK_HEADER} bytes included
     * @return a reference, or 0 when no free block is large enough
     */
    public int allocate(int bytes) {
        int units = unitsFor(bytes);
        int ref = find(units);
        if (ref == 0) {
            return 0;
        }
        Slab slab = at(ref);
        int at = offset(ref);
        int found = units(slab, at);
        unlink(slab, at, ref, found);
        int rest = found - units;
        if (rest >= MIN_UNITS) {
            makeFree(slab, ref >>> OFFSET_BITS, at + (units << UNIT_SHIFT), rest);
        } else {
            units = found;
            markPreviousFree(slab, at + (units << UNIT_SHIFT), false);
        }
        slab.putInt(at, units << PADDING_BITS | (units << UNIT_SHIFT) - bytes);
        slab.putInt(at + 4, 0);
        usedUnits[ref >>> OFFSET_BITS] += units;
        return ref;
    }

    private int find(int units) {
        int first = SizeClasses.allFitting(units);
        if (first < SizeClasses.LAST) {
            long fitting = nonEmpty & -1L << first & ~(1L << SizeClasses.LAST);
            if (fitting != 0) {
                return heads[Long.numberOfTrailingZeros(fitting)];
            }
        }
        int own = SizeClasses.of(units);
        int ref = own == SizeClasses.LAST ? 0 : scan(heads[own], units);
        return ref != 0 ? ref : scan(heads[SizeClasses.LAST], units);
    }

    private int scan(int head, int units) {
        int ref = head;
        for (int i = 0; i < SCAN && ref != 0; i++) {
            Slab slab = at(ref);
            if (units(slab, offset(ref)) >= units) {
                return ref;
            }
            ref = slab.getInt(offset(ref) + 8);
        }
        return 0;
    }

    /** Gives a block back and merges it with its neighbours; gives its slab back when nothing is left in it. */
    public void free(int ref) {
        int slabNumber = ref >>> OFFSET_BITS;
        Slab slab = at(ref);
        int at = offset(ref);
        int units = units(slab, at);
        usedUnits[slabNumber] -= units;
        int next = at + (units << UNIT_SHIFT);
        if (next < slab.capacity() && (slab.getInt(next + 4) & FREE) != 0) {
            int nextUnits = units(slab, next);
            unlink(slab, next, ref(slabNumber, next), nextUnits);
            units += nextUnits;
        }
        if ((slab.getInt(at + 4) & PREVIOUS_FREE) != 0) {
            int previousUnits = slab.getInt(at - 4);
            at -= previousUnits << UNIT_SHIFT;
            unlink(slab, at, ref(slabNumber, at), previousUnits);
            units += previousUnits;
        }
        if (usedUnits[slabNumber] == 0) {
            giveBack(slabNumber);
        } else {
            makeFree(slab, slabNumber, at, units);
        }
    }

    /** Makes a block shorter in place. */
    public void shorten(int ref, int bytes) {
        Slab slab = at(ref);
        int at = offset(ref);
        int old = units(slab, at);
        int units = unitsFor(bytes);
        if (old - units >= MIN_UNITS && slab.capacity() <= LARGEST_SHARED_SLAB) {
            int slabNumber = ref >>> OFFSET_BITS;
            int rest = at + (units << UNIT_SHIFT);
            slab.putInt(rest, old - units << PADDING_BITS);
            slab.putInt(rest + 4, 0);
            slab.putInt(at, units << PADDING_BITS | (units << UNIT_SHIFT) - bytes);
            free(ref(slabNumber, rest));
        } else {
            slab.putInt(at, old << PADDING_BITS | (old << UNIT_SHIFT) - bytes);
        }
    }

    /** Whether a block can hold so many bytes where it is, without more padding than can be noted. */
    public boolean fits(int ref, int bytes) {
        Slab slab = at(ref);
        int room = units(slab, offset(ref)) << UNIT_SHIFT;
        return bytes <= room && (slab.capacity() <= LARGEST_SHARED_SLAB || room - bytes <= PADDING_MASK);
    }

    private void makeFree(Slab slab, int slabNumber, int at, int units) {
        int ref = ref(slabNumber, at);
        int sizeClass = SizeClasses.of(units);
        int head = heads[sizeClass];
        slab.putInt(at, units << PADDING_BITS);
        slab.putInt(at + 4, FREE);
        slab.putInt(at + 8, head);
        slab.putInt(at + 12, 0);
        slab.putInt(at + (units << UNIT_SHIFT) - 4, units);
        if (head != 0) {
            at(head).putInt(offset(head) + 12, ref);
        }
        heads[sizeClass] = ref;
        nonEmpty |= 1L << sizeClass;
        freeBytes += (long) units << UNIT_SHIFT;
        markPreviousFree(slab, at + (units << UNIT_SHIFT), true);
    }

    private static void markPreviousFree(Slab slab, int at, boolean free) {
        if (at < slab.capacity()) {
            int word = slab.getInt(at + 4);
            slab.putInt(at + 4, free ? word | PREVIOUS_FREE : word & ~PREVIOUS_FREE);
        }
    }

    private void unlink(Slab slab, int at, int ref, int units) {
        int next = slab.getInt(at + 8);
        int previous = slab.getInt(at + 12);
        if (next != 0) {
            at(next).putInt(offset(next) + 12, previous);
        }
        int sizeClass = SizeClasses.of(units);
        if (previous != 0) {
            at(previous).putInt(offset(previous) + 8, next);
        } else if (heads[sizeClass] != ref) {
            throw new IllegalStateException("free block " + ref + " of " + units + " units is not in its list");
        } else {
            heads[sizeClass] = next;
            nonEmpty = next == 0 ? nonEmpty & ~(1L << sizeClass) : nonEmpty;
        }
        freeBytes -= (long) units << UNIT_SHIFT;
    }

    /** Adds a slab; says whether there was memory and a number for it. */
    public boolean grow(int capacity) {
        int number = freeNumber();
        Slab slab = number < MAX_SLABS ? pool.acquire(capacity) : null;
        if (slab == null) {
            return false;
        }
        if (number >= slabs.length) {
            int length = Math.min(MAX_SLABS, number * 2);
            usedUnits = Arrays.copyOf(usedUnits, length);
            slabs = Arrays.copyOf(slabs, length);
        }
        slabs[number] = slab;
        usedUnits[number] = 0;
        slabEnd = Math.max(slabEnd, number + 1);
        allocatedBytes += slab.reservedBytes();
        makeFree(slab, number, 0, capacity >>> UNIT_SHIFT);
        return true;
    }

    private int freeNumber() {
        for (int i = 1; i < slabEnd; i++) {
            if (slabs[i] == null) {
                return i;
            }
        }
        return slabEnd;
    }

    private void giveBack(int number) {
        Slab slab = at(ref(number, 0));
        slabs[number] = null;
        allocatedBytes -= slab.reservedBytes();
        while (slabEnd > 1 && slabs[slabEnd - 1] == null) {
            slabEnd--;
        }
        pool.release(slab);
    }

    /** Gives everything back; no block is valid any more. */
    public void clear() {
        for (int i = 1; i < slabEnd; i++) {
            Slab slab = slabs[i];
            if (slab != null) {
                pool.release(slab);
            }
        }
        slabs = new Slab[2];
        usedUnits = new int[2];
        slabEnd = 1;
        Arrays.fill(heads, 0);
        nonEmpty = 0;
        allocatedBytes = 0;
        freeBytes = 0;
    }

    /** Told of a block that has moved; the old place may still be read, not written. */
    @FunctionalInterface
    public interface Relocation {

        void moved(int from, int to);
    }

    /** The number of the slab with the largest free part; 0 when there are not two slabs. */
    public int emptiest() {
        int best = 0;
        double bestUse = 1;
        int present = 0;
        for (int i = 1; i < slabEnd; i++) {
            Slab slab = slabs[i];
            if (slab != null) {
                present++;
                double use = ((double) usedUnits[i] * 8) / slab.capacity();
                if (use < bestUse) {
                    bestUse = use;
                    best = i;
                }
            }
        }
        return present > 1 ? best : 0;
    }

    /** Bytes in blocks of a slab that are in use. */
    public long usedBytes(int slabNumber) {
        return (long) usedUnits[slabNumber] << UNIT_SHIFT;
    }

    /**
     * Moves all blocks of a slab into free blocks of others and gives the slab back.
     *
     * @return false when there was not enough room; the blocks moved until then have moved
     */
    public boolean evacuate(int slabNumber, Relocation relocation) {
        Slab slab = at(ref(slabNumber, 0));
        withdrawFree(slabNumber, slab);
        for (int at = 0; at < slab.capacity(); at += units(slab, at) << UNIT_SHIFT) {
            if ((slab.getInt(at + 4) & FREE) == 0) {
                int length = length(slab, at);
                int target = allocate(length);
                if (target == 0) {
                    restoreFree(slabNumber, slab);
                    return false;
                }
                Slab to = at(target);
                int toAt = offset(target);
                owner(to, toAt, owner(slab, at));
                slab.copy(at + BLOCK_HEADER, to, toAt + BLOCK_HEADER, length - BLOCK_HEADER);
                relocation.moved(ref(slabNumber, at), target);
                usedUnits[slabNumber] -= units(slab, at);
                slab.putInt(at + 4, FREE);
            }
        }
        giveBack(slabNumber);
        return true;
    }

    private void withdrawFree(int slabNumber, Slab slab) {
        for (int at = 0; at < slab.capacity(); at += units(slab, at) << UNIT_SHIFT) {
            if ((slab.getInt(at + 4) & FREE) != 0) {
                unlink(slab, at, ref(slabNumber, at), units(slab, at));
            }
        }
    }

    private void restoreFree(int slabNumber, Slab slab) {
        int at = 0;
        while (at < slab.capacity()) {
            int end = at;
            while (end < slab.capacity() && (slab.getInt(end + 4) & FREE) != 0) {
                end += units(slab, end) << UNIT_SHIFT;
            }
            if (end > at) {
                makeFree(slab, slabNumber, at, end - at >>> UNIT_SHIFT);
                at = end;
            } else {
                at += units(slab, at) << UNIT_SHIFT;
            }
        }
    }
}
