// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.slab;

import io.sett.spi.MemoryBudget;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands out slabs and takes them back. What was given back is held weakly: it is handed out again, or the garbage
 * collector returns it to the system, whichever comes first. Safe for many threads.
 */
public final class SlabPool {

    private static final int SMALL_STEP = 64;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final MemoryBudget budget;
    private final AtomicLong held = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Deque<WeakReference<ByteBuffer>>> returned = new HashMap<>();
    private volatile long refusedAt;
    private volatile boolean refused;

    /** A pool whose slabs are counted in a budget. */
    public SlabPool(MemoryBudget budget) {
        this.budget = budget;
    }

    /** The bytes that a slab of this capacity takes of the system: up to an eighth more, so that slabs fit again. */
    public static int reservedFor(int capacity) {
        int step = Math.max(SMALL_STEP, Integer.highestOneBit(Math.max(1, capacity)) / 8);
        long rounded = ((long) capacity + step - 1) / step * step;
        return (int) Math.min(rounded, Integer.MAX_VALUE - 8);
    }

    /** A slab with undefined content, or null when the machine has no memory left for it. */
    public @Nullable Slab acquire(int capacity) {
        int size = reservedFor(capacity);
        ByteBuffer buffer = reuse(size);
        if (buffer == null) {
            buffer = allocate(size);
        }
        if (buffer == null) {
            return null;
        }
        held.addAndGet(size);
        budget.reserve(size);
        return new DirectSlab(buffer, capacity);
    }

    private @Nullable ByteBuffer reuse(int size) {
        lock.lock();
        try {
            Deque<WeakReference<ByteBuffer>> fitting = returned.get(size);
            while (fitting != null && !fitting.isEmpty()) {
                ByteBuffer buffer = fitting.pollLast().get();
                if (buffer != null) {
                    return buffer;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Asking a JVM that has no direct memory left costs half a second, so a refusal is remembered for a while. */
    private @Nullable ByteBuffer allocate(int size) {
        if (refused && System.nanoTime() - refusedAt < RETRY_NANOS) {
            return null;
        }
        try {
            ByteBuffer buffer = ByteBuffer.allocateDirect(size);
            refused = false;
            return buffer;
        } catch (OutOfMemoryError noDirectMemory) {
            refusedAt = System.nanoTime();
            refused = true;
            return null;
        }
    }

    /** Takes a slab back. Nobody may write to it any more. */
    public void release(Slab slab) {
        int size = slab.reservedBytes();
        held.addAndGet(-size);
        budget.release(size);
        lock.lock();
        try {
            Deque<WeakReference<ByteBuffer>> fitting = returned.computeIfAbsent(size, any -> new ArrayDeque<>());
            while (!fitting.isEmpty() && fitting.peekFirst().get() == null) {
                fitting.pollFirst();
            }
            fitting.addLast(new WeakReference<>(((DirectSlab) slab).whole()));
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of the slabs that are out. */
    public long heldBytes() {
        return held.get();
    }

    /** Whether the last request was refused for want of direct memory. */
    public boolean isRefused() {
        return refused;
    }
}
