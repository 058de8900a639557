// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** How many bytes of indexes and filters may stay in memory beside the block cache. Any thread. */
public final class PinBudget {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Long> pinned = new IdentityHashMap<>();
    private final long limit;
    private long used;

    /** A budget of that many bytes. */
    public PinBudget(long limit) {
        this.limit = limit;
    }

    /** Takes bytes for an owner when there is room and it does take what they are for. */
    boolean tryPin(long bytes, Object owner, BooleanSupplier taking) {
        lock.lock();
        try {
            if (used + bytes > limit || !taking.getAsBoolean()) {
                return false;
            }
            used += bytes;
            pinned.merge(owner, bytes, Long::sum);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back all that an owner took. */
    void unpin(Object owner) {
        lock.lock();
        try {
            Long bytes = pinned.remove(owner);
            if (bytes != null) {
                used -= bytes;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Bytes taken. */
    public long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes allowed. */
    public long limit() {
        return limit;
    }
}
