// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds how many threads read, and how many write, at the same time.
 *
 * <p>Each thread notes in its own {@link Session} that it is inside. As long as no more threads than the limit use
 * the cache, nobody looks at these notes. Beyond that a thread that enters counts them (no shared counter is
 * written) and, if there are too many, takes its note back and waits; waiting threads enter one after the other.
 */
final class Gate {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final int readers;
    private final int writers;
    private final ReentrantLock register = new ReentrantLock();
    private final ReentrantLock readQueue = new ReentrantLock();
    private final ReentrantLock writeQueue = new ReentrantLock();
    private volatile Session[] sessions = {};

    /** A gate; 0 lets any number in. */
    Gate(int readers, int writers) {
        this.readers = readers == 0 ? Integer.MAX_VALUE : readers;
        this.writers = writers == 0 ? Integer.MAX_VALUE : writers;
    }

    /** A session for the current thread. */
    Session open() {
        Session session = new Session();
        register.lock();
        try {
            List<Session> alive = new ArrayList<>();
            for (Session other : sessions) {
                if (!other.isOver()) {
                    alive.add(other);
                }
            }
            alive.add(session);
            sessions = alive.toArray(Session[]::new);
        } finally {
            register.unlock();
        }
        return session;
    }

    /** Lets the thread in, or makes it wait; the wait decides how long. */
    void enter(Session session, boolean write, LockWait wait) {
        int limit = write ? writers : readers;
        session.enter(write);
        if (sessions.length > limit) {
            enterCrowd(session, write, limit, wait);
        }
    }

    private void enterCrowd(Session session, boolean write, int limit, LockWait wait) {
        session.publish(write);
        if (session.depth(write) == 1 && isCrowded(write, limit)) {
            session.leave(write);
            queue(session, write, limit, wait.started());
        }
    }

    private boolean isCrowded(boolean write, int limit) {
        int inside = 0;
        for (Session other : sessions) {
            inside += other.depth(write) > 0 ? 1 : 0;
        }
        return inside > limit;
    }

    private void queue(Session session, boolean write, int limit, LockWait wait) {
        ReentrantLock queue = write ? writeQueue : readQueue;
        String what = write ? "max_concurrent_writers = " : "max_concurrent_readers = ";
        wait.lock(queue, what + limit);
        try {
            while (true) {
                session.enter(write);
                session.publish(write);
                if (!isCrowded(write, limit)) {
                    return;
                }
                session.leave(write);
                wait.check(what + limit);
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        } finally {
            queue.unlock();
        }
    }
}
