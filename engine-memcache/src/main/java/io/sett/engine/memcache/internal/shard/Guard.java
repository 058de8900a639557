// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/** What lets readers of a shard do without its lock: the sequence number and the pins. */
final class Guard {

    private static final VarHandle SEQUENCE;
    private static final int BLOCKED = Integer.MIN_VALUE / 2;

    static {
        try {
            SEQUENCE = MethodHandles.lookup().findVarHandle(Guard.class, "sequence", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @SuppressWarnings("unused")
    private long sequence;
    private final AtomicInteger pins = new AtomicInteger();

    /** The number to begin an optimistic read with; odd while the index is being changed. */
    long begin() {
        return (long) SEQUENCE.getAcquire(this);
    }

    static boolean isOpen(long sequence) {
        return (sequence & 1) != 0;
    }

    /** Whether everything read since {@link #begin} was true. */
    boolean isValid(long sequenceThen) {
        VarHandle.acquireFence();
        return (long) SEQUENCE.getOpaque(this) == sequenceThen;
    }

    /** The index is about to be changed. Under the lock. */
    void openWindow() {
        SEQUENCE.setOpaque(this, sequence + 1);
        VarHandle.storeStoreFence();
    }

    /** The index is whole again. */
    void closeWindow() {
        SEQUENCE.setVolatile(this, sequence + 1);
    }

    /** Keeps blocks from being reused until {@link #unpin}; false when a writer is moving blocks: use the lock. */
    boolean pin() {
        if (pins.incrementAndGet() > 0) {
            return true;
        }
        pins.decrementAndGet();
        return false;
    }

    void unpin() {
        pins.decrementAndGet();
    }

    /** Whether nobody holds a pin taken before now. Readers that pin later cannot find what was unpublished before. */
    boolean isUnpinned() {
        return pins.get() <= 0;
    }

    /** Keeps new pins out; false when there are pins. */
    boolean blockPins() {
        return pins.compareAndSet(0, BLOCKED);
    }

    void unblockPins() {
        pins.addAndGet(-BLOCKED);
    }
}
