// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import io.sett.api.cache.RemovalCause;
import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.evict.EvictionPolicy;
import io.sett.engine.memcache.internal.expiry.TimerWheel;
import io.sett.engine.memcache.internal.index.Table;
import io.sett.engine.memcache.internal.slab.Slab;
import io.sett.engine.memcache.internal.slab.SlabHeap;
import io.sett.engine.memcache.internal.slab.SlabPool;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a shard: where entries and index lie, and how room is made: free blocks, then growth up to the limit,
 * then expired entries, then compaction, then eviction. Everything under the lock of the shard.
 */
final class ShardMemory {

    private static final int SMALLEST_SLAB = 1024;
    /** Load of the index in percent from which on it grows; and beyond which entries go when it cannot grow. */
    private static final long COMFORTABLE = 88;
    private static final long FULLEST = 90;
    private static final int GROWTH_PART = 32;
    /** Slabs of up to this size are a 32nd of the shard, larger ones a 64th: moving a whole one must not take long. */
    private static final int MODERATE_SLAB = 256 << 10;

    private final ShardPlan plan;
    private final Guard guard;
    private final EvictionPolicy policy;
    private final SlabHeap heap;
    private final TimerWheel wheel;
    private final IntStack quarantine = new IntStack();
    private final IntStack prepared = new IntStack();
    private @Nullable Table table;
    private byte[] keyBuffer = new byte[64];
    private long uselessBelow;

    ShardMemory(ShardPlan plan, Guard guard, long now) {
        this.plan = plan;
        this.guard = guard;
        this.policy = plan.eviction().policy();
        this.heap = new SlabHeap(plan.entryPool());
        this.wheel = new TimerWheel(heap, now);
    }

    @Nullable Table table() {
        return table;
    }

    SlabHeap heap() {
        return heap;
    }

    TimerWheel wheel() {
        return wheel;
    }

    EvictionPolicy policy() {
        return policy;
    }

    /** Entries written but not yet published. */
    IntStack prepared() {
        return prepared;
    }

    int entries() {
        Table now = table;
        return now == null ? 0 : now.count();
    }

    private long indexBytes(@Nullable Table of) {
        return (of == null ? 0 : of.bytes()) + policy.bytes();
    }

    long indexBytes() {
        return indexBytes(table);
    }

    long allocatedBytes() {
        return heap.allocatedBytes() + indexBytes();
    }

    private long spare() {
        return plan.limits().shardBytes() - allocatedBytes();
    }

    // ---- finding ----

    /** The slot of a key, expired or not; -1 when there is none. */
    int find(byte[] key, int length, int fragment) {
        Table index = table;
        if (index == null) {
            return -1;
        }
        for (int slot = index.seek(index.place(fragment), fragment); slot >= 0;
                slot = index.seek(slot + 1, fragment)) {
            int ref = index.ref(slot);
            if (plan.layout().hasKey(slabOf(ref), SlabHeap.offset(ref), key, length)) {
                return slot;
            }
            plan.counters().collisions.increment();
        }
        return -1;
    }

    Slab slabOf(int ref) {
        Slab slab = heap.slab(ref);
        if (slab == null) {
            throw new IllegalStateException("the index of cache '" + plan.store() + "' points to slab of entry " + ref
                    + ", which was given back");
        }
        return slab;
    }

    /** The slot that points to {@code ref}, for the entry whose bytes lie at {@code copy}; -1 when there is none. */
    private int slotOf(int ref, int copy) {
        Slab slab = slabOf(copy);
        int at = SlabHeap.offset(copy);
        int length = EntryLayout.keyLength(slab, at);
        if (keyBuffer.length < length) {
            keyBuffer = new byte[Math.max(length, keyBuffer.length * 2)];
        }
        slab.get(at + plan.layout().header(), keyBuffer, 0, length);
        int fragment = ShardPlan.fragment(plan.hash().hash(keyBuffer, length));
        Table index = table;
        if (index != null) {
            for (int slot = index.place(fragment); slot < index.capacity() && index.ref(slot) != 0; slot++) {
                if (index.ref(slot) == ref) {
                    return slot;
                }
            }
        }
        return -1;
    }

    // ---- taking out ----

    /** Takes an entry out of the index and gives its memory back. */
    void remove(int slot, RemovalCause cause, long now) {
        Table index = table;
        int ref = index.ref(slot);
        guard.openWindow();
        index.remove(slot);
        guard.closeWindow();
        retire(ref, cause, now);
    }

    /** An entry that no slot points to any more: leaves the wheel, is reported, gives its memory back. */
    void retire(int ref, RemovalCause cause, long now) {
        Slab slab = slabOf(ref);
        int at = SlabHeap.offset(ref);
        wheel.deschedule(ref, EntryLayout.expiry(slab, at));
        report(slab, at, cause, now);
        giveBack(ref);
    }

    void report(Slab slab, int at, RemovalCause cause, long now) {
        plan.counters().removed(cause);
        if (plan.removals().wants(cause)) {
            plan.removals().removed(plan.layout().key(slab, at), plan.layout().value(slab, at), cause, now);
        }
    }

    /** Gives a block back, now or as soon as nobody can be reading it. */
    void giveBack(int ref) {
        if (guard.isUnpinned()) {
            heap.free(ref);
        } else {
            quarantine.push(ref);
        }
    }

    private boolean endQuarantine() {
        if (quarantine.isEmpty() || !guard.isUnpinned()) {
            return false;
        }
        while (!quarantine.isEmpty()) {
            heap.free(quarantine.pop());
        }
        quarantine.clear();
        return true;
    }

    boolean isQuarantined() {
        return !quarantine.isEmpty();
    }

    /** Removes what has expired, at most one batch; tells how many that were. */
    int sweep(long now) {
        return wheel.advance(now, plan.sweepBatch(), ref -> {
            int slot = slotOf(ref, ref);
            Table index = table;
            if (slot < 0 || index == null) {
                throw new IllegalStateException("the timer wheel of cache '" + plan.store() + "' holds entry " + ref
                        + ", which the index does not know");
            }
            guard.openWindow();
            index.remove(slot);
            guard.closeWindow();
            report(slabOf(ref), SlabHeap.offset(ref), RemovalCause.EXPIRED, now);
            giveBack(ref);
        });
    }

    private boolean evictOne(long now) {
        Table index = table;
        if (index == null || index.count() == 0) {
            return false;
        }
        int victim = policy.victim(index);
        int ref = index.ref(victim);
        boolean over = EntryLayout.isOver(EntryLayout.expiry(slabOf(ref), SlabHeap.offset(ref)), now);
        remove(victim, over ? RemovalCause.EXPIRED : RemovalCause.SIZE, now);
        return true;
    }

    // ---- making room ----

    /** A block out of what is free or may still be taken; 0 when others have to go first. */
    int tryAllocate(int bytes) {
        int ref = heap.allocate(bytes);
        if (ref == 0 && endQuarantine()) {
            ref = heap.allocate(bytes);
        }
        return ref == 0 && grow(bytes) ? heap.allocate(bytes) : ref;
    }

    private boolean grow(int bytes) {
        int block = SlabHeap.blockBytesFor(bytes);
        long part = Long.highestOneBit(heap.allocatedBytes() / GROWTH_PART);
        long quantum = Math.max(SMALLEST_SLAB,
                part <= MODERATE_SLAB ? part : Math.min(SlabHeap.LARGEST_SHARED_SLAB, part / 2));
        long spare = spare();
        return growBy(Math.max(quantum, block), block, spare)
                || spare >= SMALLEST_SLAB && growBy(Math.max(Long.highestOneBit(spare) / 2, block), block, spare)
                || block >= SMALLEST_SLAB && growBy(block, block, spare);
    }

    private boolean growBy(long wanted, int block, long spare) {
        int reserved = SlabPool.reservedFor((int) Math.min(wanted, EntryLayout.MAX_ENTRY));
        return reserved <= spare && heap.grow(reserved > SlabHeap.LARGEST_SHARED_SLAB ? block : reserved);
    }

    /** A block, whatever it takes. Throws when the policy is to refuse, or everything is gone and it still fails. */
    int allocate(int bytes, long now) {
        for (;;) {
            int ref = tryAllocate(bytes);
            if (ref != 0) {
                return ref;
            }
            boolean helped = sweep(now) > 0 || isWorthCompacting(bytes) && compactOne()
                    || plan.evicts() && evictOne(now) || shrinkIndex();
            if (!helped) {
                throw new ShardFull(plan, heap, bytes, allocatedBytes()).error(isQuarantined());
            }
        }
    }

    private boolean isWorthCompacting(int bytes) {
        long free = heap.freeBytes();
        long enough = bytes > SMALLEST_SLAB ? bytes + bytes / 4L - spare() : bytes * 4L;
        return plan.gcPercent() > 0 && free >= enough && free > uselessBelow
                && (free >= heap.allocatedBytes() / 8 || bytes > SMALLEST_SLAB || !plan.evicts());
    }

    /** Empties the slab with the most free memory; false when that was not possible. */
    boolean compactOne() {
        endQuarantine();
        int slab = heap.emptiest();
        if (slab == 0 || !quarantine.isEmpty() || !guard.blockPins()) {
            return false;
        }
        try {
            boolean done = heap.evacuate(slab, this::moved);
            uselessBelow = done ? 0 : heap.freeBytes() + heap.allocatedBytes() / 64;
            plan.counters().compactions.increment();
            return done;
        } finally {
            guard.unblockPins();
        }
    }

    private void moved(int from, int to) {
        int slot = slotOf(from, to);
        if (slot < 0) {
            if (!prepared.replace(from, to)) {
                throw new IllegalStateException("cache '" + plan.store() + "' has a block " + from + " without owner");
            }
            return;
        }
        guard.openWindow();
        table.ref(slot, to);
        guard.closeWindow();
        wheel.moved(to, EntryLayout.expiry(slabOf(to), SlabHeap.offset(to)));
    }

    /** Compacts a little when more of the memory is free than {@code gc_percent} allows. */
    void compactIfWasteful() {
        long free = heap.freeBytes();
        long used = heap.allocatedBytes() - free;
        if (plan.gcPercent() > 0 && free * 100 > used * plan.gcPercent() && free > 4 * SMALLEST_SLAB
                && free > uselessBelow) {
            compactOne();
        }
    }

    // ---- index ----

    /** Makes sure that entries can be added to the index. */
    void ensureSlots(int more, long now) {
        while (true) {
            Table index = table;
            if (index == null) {
                replaceTable(require(Table.create(plan.indexPool(),
                        Table.capacityFor(Math.max(more, plan.expectedEntries())), 0)));
                return;
            }
            long wanted = (long) index.count() + more;
            if (wanted * 100 <= index.size() * COMFORTABLE) {
                return;
            }
            int larger = Math.max(Table.larger(index.capacity()), Table.capacityFor(wanted));
            if (Table.bytesFor(larger) <= spare()) {
                replaceTable(require(index.resized(plan.indexPool(), larger)));
                return;
            }
            if (wanted * 100 <= index.size() * FULLEST) {
                return;
            }
            if (!(sweep(now) > 0 || plan.evicts() && evictOne(now))) {
                throw new ShardFull(plan, heap, Table.SLOT, allocatedBytes()).error(isQuarantined());
            }
        }
    }

    private Table require(@Nullable Table created) {
        if (created == null) {
            throw new ShardFull(plan, heap, Table.SLOT, allocatedBytes()).error(false);
        }
        return created;
    }

    /** Adds a published entry; in a window that is open. Room was made by {@link #ensureSlots}. */
    void insert(int fragment, int ref) {
        Table index = table;
        if (!index.insert(fragment, ref, policy.onInsert(fragment))) {
            Table wider = require(index.resized(plan.indexPool(), index.capacity() + 256));
            table = wider;
            index.release(plan.indexPool());
            insert(fragment, ref);
        }
    }

    private void replaceTable(@Nullable Table other) {
        Table old = table;
        guard.openWindow();
        table = other;
        guard.closeWindow();
        if (old != null) {
            old.release(plan.indexPool());
        }
    }

    /** Gives memory of the index back when it is mostly empty. */
    boolean shrinkIndex() {
        Table index = table;
        if (index == null || index.count() * 2L > index.size()) {
            return false;
        }
        if (index.count() == 0 && prepared.isEmpty()) {
            replaceTable(null);
            return true;
        }
        int smaller = Table.capacityFor(index.count() + prepared.size());
        Table other = smaller < index.capacity() ? index.resized(plan.indexPool(), smaller) : null;
        if (other == null) {
            return false;
        }
        replaceTable(other);
        return true;
    }

    /** Removes every entry and gives the memory back. */
    void clear(long now) {
        Table index = table;
        if (index == null) {
            return;
        }
        guard.openWindow();
        table = null;
        guard.closeWindow();
        for (int slot = 0; slot < index.capacity(); slot++) {
            int ref = index.ref(slot);
            if (ref != 0) {
                boolean over = EntryLayout.isOver(EntryLayout.expiry(slabOf(ref), SlabHeap.offset(ref)), now);
                retire(ref, over ? RemovalCause.EXPIRED : RemovalCause.EXPLICIT, now);
            }
        }
        index.release(plan.indexPool());
        uselessBelow = 0;
    }

    /** Drops everything without telling or counting; for closing. */
    void discard() {
        replaceTable(null);
        wheel.clear();
        quarantine.clear();
        if (guard.blockPins()) {
            heap.clear();
            guard.unblockPins();
        }
    }
}
