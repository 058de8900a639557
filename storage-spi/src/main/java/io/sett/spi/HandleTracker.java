// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The open handles of one store: closes them with the store and says which were left open, and where they were opened.
 *
 * <p>Safe for many threads. Opening and closing a handle costs one insertion into and one removal from a concurrent set.
 */
public final class HandleTracker {

    /** An open handle; close it when the thing it stands for is closed. */
    public static final class Handle {

        private final HandleTracker tracker;
        private final String what;
        private final Runnable closer;
        private final long number;
        private final @Nullable Throwable openedAt;

        private Handle(HandleTracker tracker, String what, Runnable closer, long number, @Nullable Throwable openedAt) {
            this.tracker = tracker;
            this.what = what;
            this.closer = closer;
            this.number = number;
            this.openedAt = openedAt;
        }

        /** The thing is closed. Idempotent. */
        public void close() {
            tracker.open.remove(this);
        }
    }

    /**
     * A handle that was left open.
     *
     * @param what kind of thing ("cursor", "transaction 17")
     * @param openedAt carries the stack that opened it, null when it was not recorded
     */
    public record Leak(String what, @Nullable Throwable openedAt) {
    }

    private static final int SAMPLE = 64;

    private final HandleTracking tracking;
    private final Set<Handle> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();

    /** A tracker of one store. */
    public HandleTracker(HandleTracking tracking) {
        this.tracking = tracking;
    }

    /**
     * Registers something that was opened. The store may close it at once, from another thread: when this is called in a
     * constructor, the closer must bear fields that are not yet set.
     *
     * @param what kind of thing, for the report
     * @param closer closes it when the store is closed first; must be idempotent and must not throw
     */
    public Handle open(String what, Runnable closer) {
        long number = numbers.incrementAndGet();
        boolean record = tracking == HandleTracking.FULL || tracking == HandleTracking.SAMPLED && number % SAMPLE == 1;
        Handle handle = new Handle(this, what, closer, number, record ? new Throwable(what + " was opened here") : null);
        open.add(handle);
        return handle;
    }

    /** How many are open. */
    public int openCount() {
        return open.size();
    }

    /** What is open now, oldest first. */
    public List<Leak> leaks() {
        return sorted().stream().map(handle -> new Leak(handle.what, handle.openedAt)).toList();
    }

    /** Closes what is open, newest first, and says what it was. For use by the closing store. */
    public List<Leak> closeAll() {
        if (open.isEmpty()) {
            return List.of();
        }
        List<Handle> left = sorted();
        List<Leak> leaks = new ArrayList<>();
        for (int i = left.size() - 1; i >= 0; i--) {
            Handle handle = left.get(i);
            if (open.contains(handle)) {
                leaks.add(new Leak(handle.what, handle.openedAt));
                handle.closer.run();
                handle.close();
            }
        }
        return leaks;
    }

    private List<Handle> sorted() {
        List<Handle> handles = new ArrayList<>(open);
        handles.sort(Comparator.comparingLong(handle -> handle.number));
        return handles;
    }
}
