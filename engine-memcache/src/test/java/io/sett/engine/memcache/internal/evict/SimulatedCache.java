// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

import io.sett.engine.memcache.internal.index.Table;
import io.sett.engine.memcache.internal.slab.SlabPool;
import io.sett.spi.MemoryBudget;
import java.util.Objects;

/** A cache of numbers that holds so many entries: a real index and a policy, nothing else. */
final class SimulatedCache {

    private final SlabPool pool = new SlabPool(new MemoryBudget(1L << 30));
    private final EvictionPolicy policy;
    private final int most;
    private final Table table;

    SimulatedCache(Eviction eviction, int most) {
        this.policy = eviction.policy();
        this.most = most;
        this.table = Objects.requireNonNull(Table.create(pool, Table.capacityFor(most + 1L), 200));
    }

    private static int fragment(int key) {
        int hash = (key + 1) * 0x9e3779b1;
        return (hash ^ hash >>> 15) * 0x85ebca6b;
    }

    private int find(int key) {
        int slot = table.seek(table.place(fragment(key)), fragment(key));
        while (slot >= 0 && table.ref(slot) != key + 1) {
            slot = table.seek(slot + 1, fragment(key));
        }
        return slot;
    }

    boolean has(int key) {
        return find(key) >= 0;
    }

    int size() {
        return table.count();
    }

    EvictionPolicy policy() {
        return policy;
    }

    /** Reads a key, and sets it when it is missing; whether it was there. */
    boolean access(int key) {
        int slot = find(key);
        if (slot >= 0) {
            table.mark(slot, policy.onHit(fragment(key), table.mark(slot)));
            return true;
        }
        policy.onMiss(fragment(key));
        set(key);
        return false;
    }

    void set(int key) {
        int slot = find(key);
        if (slot >= 0) {
            table.mark(slot, policy.onReplace(fragment(key), table.mark(slot)));
            return;
        }
        if (table.count() >= most) {
            int victim = policy.victim(table);
            if (!table.isUsed(victim)) {
                throw new AssertionError("the victim is an empty slot");
            }
            table.remove(victim);
        }
        if (!table.insert(fragment(key), key + 1, policy.onInsert(fragment(key)))) {
            throw new AssertionError("the index is full");
        }
        policy.inserted(table, fragment(key));
    }

    void remove(int key) {
        int slot = find(key);
        if (slot >= 0) {
            table.remove(slot);
        }
    }
}
