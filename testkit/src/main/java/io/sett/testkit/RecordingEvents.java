// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import io.sett.api.event.EventType;
import io.sett.api.event.StorageEvent;
import io.sett.api.event.StorageEventListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps every event. Safe for many threads. */
public final class RecordingEvents implements StorageEventListener {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final List<StorageEvent> events = new ArrayList<>();

    /** Nothing recorded yet. */
    public RecordingEvents() {
    }

    @Override
    public void onEvent(StorageEvent event) {
        lock.lock();
        try {
            events.add(event);
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Everything so far, in order. */
    public List<StorageEvent> all() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** Those of one type, in order. */
    public List<StorageEvent> of(EventType type) {
        return all().stream().filter(event -> event.type() == type).toList();
    }

    /**
     * Waits for the first event of a type; events may be delivered by another thread.
     *
     * @return the event, or empty when none came in this time or the thread was interrupted
     */
    public Optional<StorageEvent> await(EventType type, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<StorageEvent> found = events.stream().filter(event -> event.type() == type).findFirst();
                if (found.isPresent() || left <= 0) {
                    return found;
                }
                left = arrived.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
