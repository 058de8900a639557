// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.expiry;

import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.slab.Slab;
import io.sett.engine.memcache.internal.slab.SlabHeap;
import java.util.Arrays;

/**
 * A hierarchical timer wheel (Varghese and Lauck 1987): scheduling, descheduling and expiring an entry take constant
 * time. Buckets are lists that run through the entries themselves. The finest ticks are 512 ms; the current bucket is
 * searched, so an entry is found as soon as its time has come.
 *
 * <p>Threads: one at a time.
 */
public final class TimerWheel {

    /** Told of each entry whose time is over; it has left the wheel. */
    @FunctionalInterface
    public interface Expiry {

        void expired(int ref);
    }

    private static final int[] SHIFTS = {9, 15, 21, 26, 30};
    private static final int[] BUCKETS = {64, 64, 32, 16, 1};
    private static final int[] FIRST = {0, 64, 128, 160, 176};
    /** What is left of a bucket when the limit of a call is reached. */
    private static final int WAITING = 177;
    private static final int TOTAL = 178;

    private final SlabHeap heap;
    private final int[] heads = new int[TOTAL];
    private long time;
    private long scheduled;

    /** An empty wheel. */
    public TimerWheel(SlabHeap heap, long now) {
        this.heap = heap;
        this.time = now;
    }

    /** Puts an entry in; entries that never expire stay out. */
    public void schedule(int ref, long expiry) {
        if (expiry == 0) {
            return;
        }
        int bucket = bucket(expiry);
        int head = heads[bucket];
        Slab slab = slab(ref);
        int at = SlabHeap.offset(ref);
        EntryLayout.next(slab, at, head);
        EntryLayout.previous(slab, at, ~bucket);
        if (head != 0) {
            EntryLayout.previous(slab(head), SlabHeap.offset(head), ref);
        }
        heads[bucket] = ref;
        scheduled++;
    }

    private int bucket(long expiry) {
        long moment = Math.max(expiry, time);
        long duration = moment - time;
        int level = 0;
        while (level < SHIFTS.length - 1 && duration >= 1L << SHIFTS[level + 1]) {
            level++;
        }
        return FIRST[level] + ((int) (moment >>> SHIFTS[level]) & BUCKETS[level] - 1);
    }

    private Slab slab(int ref) {
        Slab slab = heap.slab(ref);
        if (slab == null) {
            throw new IllegalStateException("timer wheel holds entry " + ref + " of a slab that was given back");
        }
        return slab;
    }

    /** Takes an entry out. */
    public void deschedule(int ref, long expiry) {
        if (expiry == 0) {
            return;
        }
        Slab slab = slab(ref);
        int at = SlabHeap.offset(ref);
        relink(EntryLayout.previous(slab, at), EntryLayout.next(slab, at), EntryLayout.next(slab, at),
                EntryLayout.previous(slab, at));
        scheduled--;
    }

    /**
     * The expiry of an entry is about to change. An entry that is to live longer stays where it is: when the wheel comes
     * to its bucket it finds the new time and brings it on. So an entry that is set again and again costs nothing here.
     */
    public void beforeChange(int ref, long from, long to) {
        if (from != 0 && !staysIn(from, to)) {
            deschedule(ref, from);
        }
    }

    /** The expiry of an entry has changed. */
    public void afterChange(int ref, long from, long to) {
        if (!staysIn(from, to)) {
            schedule(ref, to);
        }
    }

    private static boolean staysIn(long from, long to) {
        return from != 0 && to >= from;
    }

    /** An entry lies elsewhere now; its links have been copied. */
    public void moved(int to, long expiry) {
        if (expiry != 0) {
            Slab slab = slab(to);
            int at = SlabHeap.offset(to);
            relink(EntryLayout.previous(slab, at), EntryLayout.next(slab, at), to, to);
        }
    }

    private void relink(int previous, int next, int newNext, int newPrevious) {
        if (previous < 0) {
            heads[~previous] = newNext;
        } else {
            EntryLayout.next(slab(previous), SlabHeap.offset(previous), newNext);
        }
        if (next != 0) {
            EntryLayout.previous(slab(next), SlabHeap.offset(next), newPrevious);
        }
    }

    /** Entries that are in it. */
    public long scheduled() {
        return scheduled;
    }

    /** Forgets all entries. */
    public void clear() {
        Arrays.fill(heads, 0);
        scheduled = 0;
    }

    /**
     * Moves the wheel on and takes out what is over.
     *
     * @param limit how many entries to take out at most; call again while that many were taken
     * @return how many were taken out
     */
    public int advance(long now, int limit, Expiry expiry) {
        if (now < time || scheduled == 0) {
            time = scheduled == 0 ? Math.max(time, now) : time;
            return 0;
        }
        long before = time;
        time = now;
        int taken = sort(now, limit, expiry);
        for (int level = 0; level < SHIFTS.length && taken < limit; level++) {
            long from = before >>> SHIFTS[level];
            long to = now >>> SHIFTS[level];
            if (level > 0 && to == from) {
                break;
            }
            long steps = Math.min(to - from + 1, BUCKETS[level]);
            for (long tick = to - steps + 1; tick <= to && taken < limit; tick++) {
                int bucket = FIRST[level] + ((int) tick & BUCKETS[level] - 1);
                taken += level == 0 && tick == to ? pick(bucket, now, limit - taken, expiry)
                        : empty(bucket, now, limit - taken, expiry);
            }
        }
        if (taken >= limit) {
            time = before;
        }
        return taken;
    }

    /** Takes out what is over and leaves the others where they are. */
    private int pick(int bucket, long now, int limit, Expiry expiry) {
        int taken = 0;
        int ref = heads[bucket];
        while (ref != 0 && taken < limit) {
            Slab slab = slab(ref);
            int at = SlabHeap.offset(ref);
            int next = EntryLayout.next(slab, at);
            long moment = EntryLayout.expiry(slab, at);
            if (moment <= now) {
                deschedule(ref, moment);
                expiry.expired(ref);
                taken++;
            }
            ref = next;
        }
        return taken;
    }

    /** Brings a whole bucket into the waiting list and works on that. */
    private int empty(int bucket, long now, int limit, Expiry expiry) {
        int head = heads[bucket];
        if (head != 0) {
            heads[bucket] = 0;
            heads[WAITING] = head;
            EntryLayout.previous(slab(head), SlabHeap.offset(head), ~WAITING);
        }
        return sort(now, limit, expiry);
    }

    /** Takes out what is over and brings the others to finer buckets. */
    private int sort(long now, int limit, Expiry expiry) {
        int taken = 0;
        while (heads[WAITING] != 0 && taken < limit) {
            int ref = heads[WAITING];
            long moment = EntryLayout.expiry(slab(ref), SlabHeap.offset(ref));
            deschedule(ref, moment);
            if (moment <= now) {
                expiry.expired(ref);
                taken++;
            } else {
                schedule(ref, moment);
            }
        }
        return taken;
    }
}
