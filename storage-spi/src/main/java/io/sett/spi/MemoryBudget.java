// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One limit on memory for everything that is given the same budget: memtables, block caches, indexes, cache slabs.
 * Safe for many threads, never blocks.
 */
public final class MemoryBudget {

    private static final MemoryBudget STANDARD = new MemoryBudget(standardBytes());

    private final long limitBytes;
    private final AtomicLong used = new AtomicLong();

    /** A budget of that many bytes. */
    public MemoryBudget(long limitBytes) {
        if (limitBytes <= 0) {
            throw new IllegalArgumentException("a memory budget must be positive, got " + limitBytes + " bytes");
        }
        this.limitBytes = limitBytes;
    }

    /** The budget of this process when nothing else is configured: half of the maximum heap. */
    public static MemoryBudget standard() {
        return STANDARD;
    }

    private static long standardBytes() {
        return Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 2);
    }

    /** The limit in bytes. */
    public long limitBytes() {
        return limitBytes;
    }

    /** Bytes taken now. */
    public long usedBytes() {
        return used.get();
    }

    /** Bytes that can still be taken. */
    public long freeBytes() {
        return Math.max(0, limitBytes - used.get());
    }

    /** Takes bytes if they fit; says whether it did. */
    public boolean tryReserve(long bytes) {
        long before = used.get();
        while (before + bytes <= limitBytes) {
            if (used.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }

    /** Takes bytes even when they do not fit, for what cannot wait; the caller must then free others. */
    public void reserve(long bytes) {
        used.addAndGet(bytes);
    }

    /** Gives bytes back. */
    public void release(long bytes) {
        used.addAndGet(-bytes);
    }
}
