// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.store;

import io.sett.api.common.Registration;
import io.sett.api.event.EventType;
import io.sett.api.event.Severity;
import io.sett.api.event.StorageEvent;
import io.sett.api.event.StorageEventListener;
import io.sett.spi.log.Loggers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Takes events from all stores and tells them to the listeners, in order, on a thread of its own that exists only while
 * there are listeners. The queue is bounded: when it is full, events of severity DEBUG go first.
 */
final class EventDispatcher implements StorageEventListener {

    private static final Logger LOG = Loggers.of(EventDispatcher.class);
    private static final int CAPACITY = 4096;
    private static final int KEPT_LEAKS = 100;
    private static final Duration LAST_EVENTS = Duration.ofSeconds(5);

    private final List<StorageEventListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<StorageEvent> queue = new ArrayDeque<>();
    private final List<String> leaks = new ArrayList<>();
    private @Nullable Thread thread;
    private long dropped;
    private boolean closed;

    /** Adds a listener; after {@link #close} it hears nothing. */
    Registration add(StorageEventListener listener) {
        StorageEventListener own = listener::onEvent;
        lock.lock();
        try {
            if (!closed) {
                listeners.add(own);
                if (thread == null) {
                    thread = new Thread(this::run, "sett-events");
                    thread.setDaemon(true);
                    thread.start();
                }
            }
        } finally {
            lock.unlock();
        }
        return () -> remove(own);
    }

    private void remove(StorageEventListener listener) {
        listeners.remove(listener);
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onEvent(StorageEvent event) {
        lock.lock();
        try {
            if (event.type() == EventType.LEAK && leaks.size() < KEPT_LEAKS) {
                leaks.add(event.message());
            }
            if (listeners.isEmpty() || closed) {
                return;
            }
            if (queue.size() >= CAPACITY && !makeRoom(event)) {
                return;
            }
            queue.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Drops the oldest unimportant event; says whether there is room for the new one. */
    private boolean makeRoom(StorageEvent event) {
        dropped++;
        if (event.severity() == Severity.DEBUG) {
            return false;
        }
        for (Iterator<StorageEvent> all = queue.iterator(); all.hasNext();) {
            if (all.next().severity() == Severity.DEBUG) {
                all.remove();
                return true;
            }
        }
        queue.poll();
        return true;
    }

    private void run() {
        while (true) {
            StorageEvent event = next();
            if (event == null) {
                return;
            }
            for (StorageEventListener listener : listeners) {
                try {
                    listener.onEvent(event);
                } catch (RuntimeException failed) {
                    LOG.warn("a listener failed on the event {} of store {}; the next event comes as usual",
                            event.type(), event.store(), failed);
                }
            }
        }
    }

    /** The next event; null when the thread has to end. */
    private @Nullable StorageEvent next() {
        lock.lock();
        try {
            while (true) {
                if (dropped > 0) {
                    LOG.warn("{} events were dropped because the listeners are too slow", dropped);
                    dropped = 0;
                }
                if (!queue.isEmpty() && !listeners.isEmpty()) {
                    return queue.poll();
                }
                if (closed || listeners.isEmpty()) {
                    queue.clear();
                    thread = null;
                    changed.signalAll();
                    return null;
                }
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells what is still queued, for a few seconds at most, and ends. Returns the leaks that were told of. */
    List<String> close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            long left = LAST_EVENTS.toNanos();
            while (thread != null && thread != Thread.currentThread() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return List.copyOf(leaks);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.copyOf(leaks);
        } finally {
            lock.unlock();
            listeners.clear();
        }
    }
}
