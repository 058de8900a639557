// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import io.sett.api.cache.RemovalCause;
import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.index.Table;
import io.sett.engine.memcache.internal.slab.Slab;
import io.sett.engine.memcache.internal.slab.SlabHeap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One shard: the operations on single keys and the steps of operations on several. What is said to need the lock needs
 * {@link #lock()}; the others may be called by anybody at any time.
 */
public final class Shard {

    /** Entries up to this size are overwritten where they lie: a window of a few hundred nanoseconds. */
    private static final int IN_PLACE = 4096;

    private final ShardPlan plan;
    private final EntryLayout layout;
    private final Guard guard = new Guard();
    private final ReentrantLock lock = new ReentrantLock();
    private final ShardMemory memory;
    private final ShardReads reads;

    /** An empty shard; takes memory with its first entry. */
    public Shard(ShardPlan plan, long now) {
        this.plan = plan;
        this.layout = plan.layout();
        this.memory = new ShardMemory(plan, guard, now);
        this.reads = new ShardReads(plan, guard, memory, lock);
    }

    /** The lock of writers. */
    public ReentrantLock lock() {
        return lock;
    }

    // ---- reading ----

    /** A copy of the value of a key; null when it is absent or expired. Counts as a use. */
    public byte @Nullable [] get(byte[] key, int length, int fragment, long now) {
        return reads.get(key, length, fragment, now);
    }

    /** What is known of an entry, expired or not; null when there is none. No use. */
    public @Nullable EntryFacts facts(byte[] key, int length, int fragment) {
        return reads.facts(key, length, fragment);
    }

    /** Where the entry of a key may lie; brings its index slot near. What it says may be wrong. */
    public int glimpse(int fragment) {
        return reads.glimpse(fragment);
    }

    /** Brings near what {@link #glimpse} found; returns any of its bytes, so that the read is not left out. */
    public int approach(int ref) {
        return reads.approach(ref);
    }

    /** {@link #get} under the lock; counts as a use. */
    public byte @Nullable [] getLocked(byte[] key, int length, int fragment, long now) {
        int slot = liveSlot(key, length, fragment, now);
        if (slot < 0) {
            memory.policy().onMiss(fragment);
            return null;
        }
        Table index = memory.table();
        int ref = index.ref(slot);
        reads.use(index, slot, fragment);
        return layout.value(memory.slabOf(ref), SlabHeap.offset(ref));
    }

    /** The slot of a live entry; needs the lock. */
    private int liveSlot(byte[] key, int length, int fragment, long now) {
        int slot = memory.find(key, length, fragment);
        if (slot < 0) {
            return -1;
        }
        int ref = memory.table().ref(slot);
        return EntryLayout.isOver(EntryLayout.expiry(memory.slabOf(ref), SlabHeap.offset(ref)), now) ? -1 : slot;
    }

    // ---- zero copy ----

    /** Keeps what {@link #locate} finds where it is, until {@link #unpin}; false: take the lock instead. */
    public boolean pin() {
        return guard.pin();
    }

    public void unpin() {
        guard.unpin();
    }

    /** Finds where the value of a live entry lies. Needs a pin or the lock. Counts as a use. */
    public boolean locate(byte[] key, int length, int fragment, long now, Located found) {
        return reads.locate(key, length, fragment, now, found);
    }

    // ---- reading several shards at one moment ----

    /** The sequence number, for {@link #isUnchanged}; negative while the index is being changed. */
    public long sequence() {
        long sequence = guard.begin();
        return Guard.isOpen(sequence) ? -1 : sequence;
    }

    /** Whether nothing was published or removed since. */
    public boolean isUnchanged(long sequence) {
        return guard.isValid(sequence);
    }

    // ---- writing one key, with the lock ----

    /** Stores a value; needs the lock. */
    public void set(byte[] key, int length, int fragment, byte[] value, long expiry, long now) {
        int bytes = (int) layout.length(length, value.length);
        int slot = memory.find(key, length, fragment);
        if (slot >= 0 && bytes <= IN_PLACE && overwrite(slot, fragment, value, bytes, expiry, now)) {
            return;
        }
        int ref = memory.tryAllocate(bytes);
        if (ref == 0 && slot >= 0 && overwrite(slot, fragment, value, bytes, expiry, now)) {
            return;
        }
        if (ref == 0) {
            ref = memory.allocate(bytes, now);
        }
        layout.write(memory.slabOf(ref), SlabHeap.offset(ref), key, length, value, expiry, now);
        try {
            if (memory.find(key, length, fragment) < 0) {
                memory.ensureSlots(1, now);
            }
        } catch (RuntimeException noRoom) {
            memory.giveBack(ref);
            throw noRoom;
        }
        guard.openWindow();
        int old = publish(key, length, fragment, ref);
        guard.closeWindow();
        settle(fragment, ref, expiry, old, now);
        if (old != 0) {
            memory.retire(old, replacedBy(old, now), now);
            memory.compactIfWasteful();
        }
    }

    /** Points the index to a new entry, in a window; returns what it pointed to before. */
    private int publish(byte[] key, int length, int fragment, int ref) {
        int slot = memory.find(key, length, fragment);
        if (slot < 0) {
            memory.insert(fragment, ref);
            return 0;
        }
        Table index = memory.table();
        int old = index.ref(slot);
        index.ref(slot, ref);
        index.mark(slot, memory.policy().onReplace(fragment, index.mark(slot)));
        return old;
    }

    /** After the window: the new entry takes its place in the wheel and in the policy. */
    private void settle(int fragment, int ref, long expiry, int old, long now) {
        memory.wheel().schedule(ref, expiry);
        plan.counters().sets.increment();
        if (old == 0) {
            memory.policy().inserted(memory.table(), fragment);
        }
    }

    private RemovalCause replacedBy(int old, long now) {
        boolean over = EntryLayout.isOver(EntryLayout.expiry(memory.slabOf(old), SlabHeap.offset(old)), now);
        return over ? RemovalCause.EXPIRED : RemovalCause.REPLACED;
    }

    /** Puts the value where the old one is, if it fits there and nobody reads it. */
    private boolean overwrite(int slot, int fragment, byte[] value, int bytes, long expiry, long now) {
        Table index = memory.table();
        int ref = index.ref(slot);
        if (!memory.heap().fits(ref, bytes) || !guard.blockPins()) {
            return false;
        }
        try {
            Slab slab = memory.slabOf(ref);
            int at = SlabHeap.offset(ref);
            long before = EntryLayout.expiry(slab, at);
            memory.report(slab, at, replacedBy(ref, now), now);
            memory.wheel().beforeChange(ref, before, expiry);
            guard.openWindow();
            memory.heap().shorten(ref, bytes);
            layout.rewrite(slab, at, value, expiry, now);
            index.mark(slot, memory.policy().onReplace(fragment, index.mark(slot)));
            guard.closeWindow();
            memory.wheel().afterChange(ref, before, expiry);
            plan.counters().sets.increment();
            return true;
        } finally {
            guard.unblockPins();
        }
    }

    /** Removes an entry; tells whether it was there and live. Needs the lock. */
    public boolean delete(byte[] key, int length, int fragment, long now) {
        int slot = memory.find(key, length, fragment);
        if (slot < 0) {
            return false;
        }
        int ref = memory.table().ref(slot);
        boolean over = EntryLayout.isOver(EntryLayout.expiry(memory.slabOf(ref), SlabHeap.offset(ref)), now);
        memory.remove(slot, over ? RemovalCause.EXPIRED : RemovalCause.EXPLICIT, now);
        tidy();
        return !over;
    }

    private void tidy() {
        memory.compactIfWasteful();
        Table index = memory.table();
        if (index != null && (index.count() == 0 || index.count() * 4L < index.size())) {
            memory.shrinkIndex();
        }
    }

    /** Changes the expiry of a live entry where it is; tells whether there was one. Needs the lock. */
    public boolean expire(byte[] key, int length, int fragment, long expiry, long now) {
        int slot = liveSlot(key, length, fragment, now);
        if (slot < 0) {
            return false;
        }
        int ref = memory.table().ref(slot);
        Slab slab = memory.slabOf(ref);
        int at = SlabHeap.offset(ref);
        long before = EntryLayout.expiry(slab, at);
        memory.wheel().beforeChange(ref, before, expiry);
        guard.openWindow();
        EntryLayout.expiry(slab, at, expiry);
        guard.closeWindow();
        memory.wheel().afterChange(ref, before, expiry);
        return true;
    }

    // ---- writing several keys, with the locks of all their shards ----

    /** Writes the entry of a change where nobody sees it. Changes nothing for others when it throws. */
    void prepare(Change change, long now) {
        byte[] value = change.value();
        if (value == null) {
            return;
        }
        int bytes = (int) layout.length(change.key().length, value.length);
        int ref = memory.allocate(bytes, now);
        memory.prepared().push(ref);
        change.ref(memory.prepared().size() - 1);
        layout.write(memory.slabOf(ref), SlabHeap.offset(ref), change.key(), change.key().length, value,
                change.expiry(), now);
    }

    /** Makes sure that what is prepared can be published. */
    void prepareIndex(long now) {
        if (!memory.prepared().isEmpty()) {
            memory.ensureSlots(memory.prepared().size(), now);
        }
    }

    void openWindow() {
        guard.openWindow();
    }

    void closeWindow() {
        guard.closeWindow();
    }

    /** Lets a change take effect, in the window. */
    void publish(Change change) {
        byte[] key = change.key();
        if (change.value() != null) {
            change.replaced(publish(key, key.length, change.fragment(), memory.prepared().get(change.ref())));
            return;
        }
        int slot = memory.find(key, key.length, change.fragment());
        change.replaced(slot < 0 ? 0 : memory.table().ref(slot));
        if (slot >= 0) {
            memory.table().remove(slot);
        }
    }

    /** After the window: what was replaced goes; tells whether a delete removed a live entry. */
    boolean settle(Change change, long now) {
        int old = change.replaced();
        if (change.value() != null) {
            settle(change.fragment(), memory.prepared().get(change.ref()), change.expiry(), old, now);
            if (old != 0) {
                memory.retire(old, replacedBy(old, now), now);
            }
            return false;
        }
        if (old == 0) {
            return false;
        }
        boolean over = replacedBy(old, now) == RemovalCause.EXPIRED;
        memory.retire(old, over ? RemovalCause.EXPIRED : RemovalCause.EXPLICIT, now);
        return !over;
    }

    /** Forgets what was prepared, published or not. */
    void endPrepared(boolean published) {
        for (int i = 0; !published && i < memory.prepared().size(); i++) {
            memory.giveBack(memory.prepared().get(i));
        }
        memory.prepared().clear();
        tidy();
    }

    // ---- all entries, with the lock ----

    /** Removes every entry. Needs the lock. */
    public void clear(long now) {
        memory.clear(now);
    }

    /** Drops everything without telling or counting, for closing. Needs the lock. */
    public void discard() {
        memory.discard();
    }

    /** Removes expired entries, at most one batch; tells how many. Needs the lock. */
    public int sweep(long now) {
        return memory.sweep(now);
    }

    /** Entries, those expired but not swept included. */
    public int entries() {
        return memory.entries();
    }

    /** Whether it holds memory, with or without entries. */
    public boolean holdsMemory() {
        return memory.table() != null || memory.heap().allocatedBytes() > 0;
    }

    /** Puts memory in order, a step at a time; whether another step may help. Needs the lock. */
    public boolean upkeep(boolean compacting) {
        tidy();
        ShardUse use = use();
        return compacting && use.scattered() * 100 > use.allocated() * 12 && plan.gcPercent() > 0
                && memory.compactOne();
    }

    /** The memory. Needs the lock. */
    public ShardUse use() {
        SlabHeap heap = memory.heap();
        long allocated = memory.allocatedBytes();
        return new ShardUse(memory.entries(), allocated - heap.freeBytes(), allocated, memory.indexBytes(),
                heap.freeBytes() - Math.min(heap.freeBytes(), heap.largestFreeBytes()));
    }

    /**
     * Meets entries in the order of their fragments. Needs the lock.
     *
     * @param from the first fragment, unsigned
     * @param limit after how many entries to stop; entries of one fragment are not parted
     * @return the fragment to go on with, or -1 at the end
     */
    public long walk(long from, int limit, long now, EntryVisitor visitor) {
        Table index = memory.table();
        if (index == null) {
            return -1;
        }
        int met = 0;
        long last = -1;
        for (int slot = index.place((int) from); slot < index.capacity(); slot++) {
            int ref = index.ref(slot);
            long fragment = ref == 0 ? -1 : index.fragment(slot) & 0xffffffffL;
            if (fragment >= from) {
                if (met >= limit && fragment != last) {
                    return fragment;
                }
                met++;
                last = fragment;
                Slab slab = memory.slabOf(ref);
                int at = SlabHeap.offset(ref);
                if (!EntryLayout.isOver(EntryLayout.expiry(slab, at), now)) {
                    visitor.visit(layout, slab, at);
                }
            }
        }
        return -1;
    }

    /** Meets entries on a walk; what it is given is true during the call only. */
    @FunctionalInterface
    public interface EntryVisitor {

        void visit(EntryLayout layout, Slab slab, int at);
    }
}
