// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.index.Table;
import io.sett.engine.memcache.internal.slab.Slab;
import io.sett.engine.memcache.internal.slab.SlabHeap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads without the lock: notes the sequence number, reads what may be changing, and believes it only if the number is
 * still the same. After many vain attempts, which means that writers are very busy, it takes the lock. For any thread.
 */
final class ShardReads {

    private static final int LINE = 64;
    private static final int SPINS = 64;
    private static final int YIELDS = 8;
    private static final byte[] NONE = {};
    /** Says that an optimistic read saw something that was not true. */
    private static final byte[] AGAIN = new byte[1];

    private final ShardPlan plan;
    private final EntryLayout layout;
    private final Guard guard;
    private final ShardMemory memory;
    private final ReentrantLock lock;

    ShardReads(ShardPlan plan, Guard guard, ShardMemory memory, ReentrantLock lock) {
        this.plan = plan;
        this.layout = plan.layout();
        this.guard = guard;
        this.memory = memory;
        this.lock = lock;
    }

    /** A copy of the value of a key; null when it is absent or expired. Counts as a use. */
    byte @Nullable [] get(byte[] key, int length, int fragment, long now) {
        for (int attempt = 0; attempt < SPINS + YIELDS; attempt++) {
            long sequence = guard.begin();
            if (!Guard.isOpen(sequence)) {
                byte[] value = optimistic(key, length, fragment, now, sequence);
                if (value == null) {
                    memory.policy().onMiss(fragment);
                }
                if (value != AGAIN) {
                    return value;
                }
            }
            pause(attempt);
        }
        lock.lock();
        try {
            return locked(key, length, fragment, now);
        } finally {
            lock.unlock();
        }
    }

    private static void pause(int attempt) {
        if (attempt < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    private byte @Nullable [] optimistic(byte[] key, int length, int fragment, long now, long sequence) {
        try {
            byte[] value = copy(key, length, fragment, now, sequence);
            return guard.isValid(sequence) ? value : AGAIN;
        } catch (IndexOutOfBoundsException sawGarbage) {
            if (guard.isValid(sequence)) {
                throw sawGarbage;
            }
            return AGAIN;
        }
    }

    private byte @Nullable [] copy(byte[] key, int length, int fragment, long now, long sequence) {
        Table index = memory.table();
        if (index == null) {
            return null;
        }
        int slot = search(index, key, length, fragment);
        if (slot < 0) {
            return null;
        }
        int ref = index.ref(slot);
        Slab slab = memory.heap().slab(ref);
        if (slab == null) {
            return AGAIN;
        }
        int at = SlabHeap.offset(ref);
        if (EntryLayout.isOver(EntryLayout.expiry(slab, at), now)) {
            return null;
        }
        int valueAt = layout.valueAt(slab, at);
        int valueLength = layout.valueLength(slab, at);
        if (!guard.isValid(sequence)) {
            return AGAIN;
        }
        byte[] value = valueLength == 0 ? NONE : new byte[valueLength];
        slab.get(valueAt, value, 0, valueLength);
        if (!guard.isValid(sequence)) {
            return AGAIN;
        }
        use(index, slot, fragment);
        return value;
    }

    /** Tells the policy. */
    void use(Table index, int slot, int fragment) {
        int mark = index.mark(slot);
        int now = memory.policy().onHit(fragment, mark);
        if (now != mark) {
            index.mark(slot, now);
        }
    }

    /** The slot of a key in what may be changing. */
    private int search(Table index, byte[] key, int length, int fragment) {
        for (int slot = index.seek(index.place(fragment), fragment); slot >= 0;
                slot = index.seek(slot + 1, fragment)) {
            int ref = index.ref(slot);
            Slab slab = memory.heap().slab(ref);
            if (slab != null && layout.hasKey(slab, SlabHeap.offset(ref), key, length)) {
                return slot;
            }
            plan.counters().collisions.increment();
        }
        return -1;
    }

    private byte @Nullable [] locked(byte[] key, int length, int fragment, long now) {
        Located found = new Located();
        if (!locate(key, length, fragment, now, found)) {
            return null;
        }
        byte[] value = new byte[found.length()];
        found.buffer().get(found.at(), value, 0, value.length);
        return value;
    }

    /** What is known of an entry, expired or not; null when there is none. No use. */
    @Nullable EntryFacts facts(byte[] key, int length, int fragment) {
        for (int attempt = 0; attempt < SPINS + YIELDS; attempt++) {
            long sequence = guard.begin();
            if (!Guard.isOpen(sequence)) {
                try {
                    EntryFacts facts = factsSeen(key, length, fragment);
                    if (guard.isValid(sequence)) {
                        return facts;
                    }
                } catch (IndexOutOfBoundsException sawGarbage) {
                    if (guard.isValid(sequence)) {
                        throw sawGarbage;
                    }
                }
            }
            pause(attempt);
        }
        lock.lock();
        try {
            return factsSeen(key, length, fragment);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable EntryFacts factsSeen(byte[] key, int length, int fragment) {
        Table index = memory.table();
        int slot = index == null ? -1 : search(index, key, length, fragment);
        if (slot < 0) {
            return null;
        }
        int ref = index.ref(slot);
        Slab slab = memory.heap().slab(ref);
        if (slab == null) {
            return null;
        }
        int at = SlabHeap.offset(ref);
        return new EntryFacts(layout.valueLength(slab, at), SlabHeap.blockBytes(slab, at) + Table.SLOT,
                layout.keepsCreation() ? layout.created(slab, at) : 0, EntryLayout.expiry(slab, at));
    }

    /** Where the entry of a key may lie; brings its index slot near. What it says may be wrong. */
    int glimpse(int fragment) {
        Table index = memory.table();
        if (index == null) {
            return 0;
        }
        try {
            int slot = index.seek(index.place(fragment), fragment);
            return slot < 0 ? 0 : index.ref(slot);
        } catch (IndexOutOfBoundsException sawGarbage) {
            return 0;
        }
    }

    /** Brings near what {@link #glimpse} found; returns any of its bytes, so that the read is not left out. */
    int approach(int ref) {
        try {
            Slab slab = ref == 0 ? null : memory.heap().slab(ref);
            int at = SlabHeap.offset(ref);
            return slab == null || at + 2 * LINE > slab.capacity() ? 0 : slab.getInt(at) + slab.getInt(at + LINE);
        } catch (IndexOutOfBoundsException sawGarbage) {
            return 0;
        }
    }

    /** Finds where the value of a live entry lies. Needs a pin or the lock. Counts as a use. */
    boolean locate(byte[] key, int length, int fragment, long now, Located found) {
        while (true) {
            long sequence = guard.begin();
            if (!Guard.isOpen(sequence)) {
                try {
                    Table index = memory.table();
                    int slot = index == null ? -1 : search(index, key, length, fragment);
                    boolean isLive = slot >= 0 && locate(index.ref(slot), now, found);
                    if (guard.isValid(sequence)) {
                        if (isLive) {
                            use(index, slot, fragment);
                        } else {
                            memory.policy().onMiss(fragment);
                        }
                        return isLive;
                    }
                } catch (IndexOutOfBoundsException sawGarbage) {
                    if (guard.isValid(sequence)) {
                        throw sawGarbage;
                    }
                }
            }
            Thread.yield();
        }
    }

    private boolean locate(int ref, long now, Located found) {
        Slab slab = memory.heap().slab(ref);
        int at = SlabHeap.offset(ref);
        if (slab == null || EntryLayout.isOver(EntryLayout.expiry(slab, at), now)) {
            return false;
        }
        found.set(slab.buffer(), layout.valueAt(slab, at), layout.valueLength(slab, at));
        return true;
    }
}
