// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.index;

import io.sett.engine.memcache.internal.evict.Slots;
import io.sett.engine.memcache.internal.slab.Slab;
import io.sett.engine.memcache.internal.slab.SlabPool;
import org.jspecify.annotations.Nullable;

/**
 * One size of the index; the package description explains it.
 *
 * <p>Threads: one writer at a time. Readers may run beside it and must check afterwards whether the shard has changed.
 * They may also write marks: such a write can hit the mark of another entry, never anything else, for pages are used
 * for nothing but slots.
 */
public final class Table implements Slots {

    /** Bytes of a slot. */
    public static final int SLOT = 12;

    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_SLOTS = 1 << PAGE_SHIFT;
    private static final int PAGE_MASK = PAGE_SLOTS - 1;
    private static final int SMALLEST = 32;
    private static final int FRAGMENT = 4;
    private static final int MARK = 8;
    private static final int MAIN = 1 << 31;

    private final Slab[] pages;
    private final int capacity;
    private final int size;
    private int count;

    private Table(Slab[] pages, int capacity, int size) {
        this.pages = pages;
        this.capacity = capacity;
        this.size = size;
    }

    /** The number of slots for so many entries at a comfortable load. */
    public static int capacityFor(long entries) {
        long wanted = Math.max(SMALLEST, entries * 6 / 5 + overflow(entries));
        return (int) Math.min((wanted + SMALLEST - 1) / SMALLEST * SMALLEST, 1 << 30);
    }

    /** The next larger number of slots. */
    public static int larger(int capacity) {
        return capacity + Math.max(1, capacity / (8 * SMALLEST)) * SMALLEST;
    }

    private static int overflow(long slots) {
        return (int) Math.min(32, 4 + slots / 64);
    }

    /** The bytes that a table of so many slots takes of the system. */
    public static long bytesFor(int capacity) {
        int rest = capacity & PAGE_MASK;
        return (long) (capacity >>> PAGE_SHIFT) * SlabPool.reservedFor(PAGE_SLOTS * SLOT)
                + (rest == 0 ? 0 : SlabPool.reservedFor(rest * SLOT));
    }

    /**
     * An empty table.
     *
     * @param overflowMore slots to keep for overflow beyond the usual ones; for bad hash functions
     * @return null when there is no memory
     */
    public static @Nullable Table create(SlabPool pool, int capacity, int overflowMore) {
        Slab[] pages = new Slab[capacity + PAGE_MASK >>> PAGE_SHIFT];
        for (int i = 0; i < pages.length; i++) {
            int slots = Math.min(PAGE_SLOTS, capacity - (i << PAGE_SHIFT));
            Slab page = pool.acquire(slots * SLOT);
            if (page == null) {
                for (int j = 0; j < i; j++) {
                    pool.release(pages[j]);
                }
                return null;
            }
            for (int slot = 0; slot < slots; slot++) {
                page.putInt(slot * SLOT, 0);
            }
            pages[i] = page;
        }
        int size = Math.max(1, capacity - overflow(capacity) - overflowMore);
        return new Table(pages, capacity, size);
    }

    /** Gives the memory back; readers that are still at it see garbage and must find out. */
    public void release(SlabPool pool) {
        for (Slab page : pages) {
            pool.release(page);
        }
    }

    @Override
    public int capacity() {
        return capacity;
    }

    /** Slots that fragments are spread over; the others take the overflow. */
    public int size() {
        return size;
    }

    @Override
    public int count() {
        return count;
    }

    /** Bytes taken of the system. */
    public long bytes() {
        return bytesFor(capacity);
    }

    /** The first slot that may hold this fragment. */
    public int place(int fragment) {
        return (int) ((fragment & 0xffffffffL) * size >>> 32);
    }

    private Slab page(int slot) {
        return pages[slot >>> PAGE_SHIFT];
    }

    private static int at(int slot) {
        return (slot & PAGE_MASK) * SLOT;
    }

    private int raw(int slot) {
        return page(slot).getInt(at(slot));
    }

    /** The entry of a slot; 0 when it is empty. */
    public int ref(int slot) {
        return raw(slot) & ~MAIN;
    }

    /** Makes a used slot point to another place. */
    public void ref(int slot, int ref) {
        Slab page = page(slot);
        int at = at(slot);
        page.putInt(at, ref | page.getInt(at) & MAIN);
    }

    @Override
    public boolean isUsed(int slot) {
        return raw(slot) != 0;
    }

    @Override
    public boolean isMain(int slot) {
        return raw(slot) < 0;
    }

    @Override
    public void main(int slot, boolean main) {
        page(slot).putInt(at(slot), main ? ref(slot) | MAIN : ref(slot));
    }

    @Override
    public int fragment(int slot) {
        return page(slot).getInt(at(slot) + FRAGMENT);
    }

    @Override
    public int mark(int slot) {
        return page(slot).getInt(at(slot) + MARK);
    }

    @Override
    public void mark(int slot, int mark) {
        page(slot).putInt(at(slot) + MARK, mark);
    }

    @Override
    public int seek(int fragment, boolean main) {
        int slot = seek(place(fragment), fragment);
        while (slot >= 0 && isMain(slot) != main) {
            slot = seek(slot + 1, fragment);
        }
        return slot;
    }

    /** The first slot from {@code from} on that has this fragment, or -1. */
    public int seek(int from, int fragment) {
        int slot = from;
        while (slot < capacity) {
            Slab page = page(slot);
            int end = Math.min(capacity, (slot | PAGE_MASK) + 1);
            for (int at = at(slot); slot < end; slot++, at += SLOT) {
                int other = page.getInt(at + FRAGMENT);
                if (page.getInt(at) == 0) {
                    return -1;
                }
                if (other == fragment) {
                    return slot;
                }
                if (Integer.compareUnsigned(other, fragment) > 0) {
                    return -1;
                }
            }
        }
        return -1;
    }

    /** Adds an entry; false when the overflow is used up and the table must grow. */
    public boolean insert(int fragment, int ref, int mark) {
        int slot = place(fragment);
        while (slot < capacity && ref(slot) != 0 && Integer.compareUnsigned(fragment(slot), fragment) <= 0) {
            slot++;
        }
        int empty = slot;
        while (empty < capacity && ref(empty) != 0) {
            empty++;
        }
        if (empty == capacity) {
            return false;
        }
        shiftUp(slot, empty);
        set(slot, fragment, ref, mark);
        count++;
        return true;
    }

    private void set(int slot, int fragment, int raw, int mark) {
        Slab page = page(slot);
        int at = at(slot);
        page.putInt(at, raw);
        page.putInt(at + FRAGMENT, fragment);
        page.putInt(at + MARK, mark);
    }

    /** Moves the slots from {@code from} up to the empty one behind them by one. */
    private void shiftUp(int from, int empty) {
        int end = empty;
        while (end > from) {
            int start = Math.max(from, end & ~PAGE_MASK);
            if (start == end) {
                page(end - 1).copy(at(end - 1), page(end), at(end), SLOT);
                end--;
            } else {
                page(start).copy(at(start), page(start), at(start) + SLOT, (end - start) * SLOT);
                end = start;
            }
        }
    }

    /** Empties a slot and closes the gap. */
    public void remove(int slot) {
        int last = slot;
        while (last + 1 < capacity && raw(last + 1) != 0 && place(fragment(last + 1)) <= last) {
            last++;
        }
        shiftDown(slot, last);
        page(last).putInt(at(last), 0);
        count--;
    }

    /** Moves the slots behind {@code to}, up to {@code last}, down by one. */
    private void shiftDown(int to, int last) {
        int target = to;
        while (target < last) {
            int end = Math.min(last, target | PAGE_MASK);
            if (end > target) {
                page(target).copy(at(target) + SLOT, page(target), at(target), (end - target) * SLOT);
                target = end;
            } else {
                page(target + 1).copy(at(target + 1), page(target), at(target), SLOT);
                target++;
            }
        }
    }

    /**
     * The same entries in a table of another capacity.
     *
     * @return null when there is no memory
     */
    public @Nullable Table resized(SlabPool pool, int newCapacity) {
        for (int more = 0;; more = Math.max(16, more * 2)) {
            Table other = create(pool, more < newCapacity / 2 ? newCapacity : newCapacity + more, more);
            if (other == null || copyTo(other)) {
                return other;
            }
            other.release(pool);
        }
    }

    private boolean copyTo(Table other) {
        int free = 0;
        for (int slot = 0; slot < capacity; slot++) {
            int raw = raw(slot);
            if (raw != 0) {
                int fragment = fragment(slot);
                int target = Math.max(free, other.place(fragment));
                if (target >= other.capacity) {
                    return false;
                }
                other.set(target, fragment, raw, mark(slot));
                free = target + 1;
            }
        }
        other.count = count;
        return true;
    }
}
