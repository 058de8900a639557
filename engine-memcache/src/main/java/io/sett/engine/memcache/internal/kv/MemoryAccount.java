// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.spi.MemoryBudget;

/**
 * The bytes a store may take: its own limit, and the budget it shares with others. Changed under the commit lock.
 */
final class MemoryAccount {

    private final long limit;
    private final MemoryBudget budget;
    private volatile long taken;

    /**
     * An empty account.
     *
     * @param limit bytes of this store, 0 for no limit of its own
     */
    MemoryAccount(long limit, MemoryBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /** Whether so many bytes more would fit now. */
    boolean fits(long bytes) {
        return (limit == 0 || taken + bytes <= limit) && bytes <= budget.freeBytes();
    }

    /** Sets what is really taken. */
    void settle(long bytes) {
        long more = bytes - taken;
        if (more > 0) {
            budget.reserve(more);
        } else if (more < 0) {
            budget.release(-more);
        }
        taken = bytes;
    }

    /** What would be exceeded, for messages. */
    long limitBytes() {
        return limit == 0 ? taken + budget.freeBytes() : Math.min(limit, taken + budget.freeBytes());
    }

    long takenBytes() {
        return taken;
    }
}
