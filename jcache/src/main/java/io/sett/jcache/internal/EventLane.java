// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to one listener, delivered one at a time and in the order in which they were added. Whoever waits
 * for an event delivers what lies before it. Any thread; a listener may add events and wait for them itself.
 */
final class EventLane {

    /** One delivery. */
    static final class Ticket {

        private final Runnable delivery;
        private volatile boolean done;
        private @Nullable RuntimeException failure;

        private Ticket(Runnable delivery) {
            this.delivery = delivery;
        }
    }

    private final ConcurrentLinkedQueue<Ticket> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock delivering = new ReentrantLock();

    /** Queues an event; called under the lock of its key. */
    Ticket add(Runnable delivery) {
        Ticket ticket = new Ticket(delivery);
        waiting.add(ticket);
        return ticket;
    }

    /** Comes back when the event has been delivered; throws what the listener threw. */
    void await(Ticket ticket) {
        delivering.lock();
        try {
            Ticket next = ticket.done ? null : waiting.poll();
            while (next != null) {
                deliver(next);
                next = ticket.done ? null : waiting.poll();
            }
        } finally {
            delivering.unlock();
        }
        RuntimeException failure = ticket.failure;
        if (failure != null) {
            throw failure;
        }
    }

    /** Delivers all that waits; what listeners throw stays with the tickets. */
    void drain() {
        delivering.lock();
        try {
            for (Ticket next = waiting.poll(); next != null; next = waiting.poll()) {
                deliver(next);
            }
        } finally {
            delivering.unlock();
        }
    }

    private static void deliver(Ticket ticket) {
        try {
            ticket.delivery.run();
        } catch (RuntimeException e) {
            ticket.failure = e;
        } finally {
            ticket.done = true;
        }
    }
}
