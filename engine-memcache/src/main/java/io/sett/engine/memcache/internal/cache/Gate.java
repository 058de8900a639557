// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds how many threads read, and how many write, at the same time.
 *
 * <p>Each thread notes in its own {@link Session} that it is inside. As long as no more threads than the limit have ever
 * used the cache, nobody looks at these notes. Beyond that a thread that enters counts them (no shared counter is
 * written) and, if there are too many, takes its note back and waits; waiting threads enter one after the other.
 */
final class Gate {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final int readers;
    private final int writers;
    private final ReentrantLock register = new ReentrantLock();
    private final ReentrantLock readQueue = new ReentrantLock();
    private final ReentrantLock writeQueue = new ReentrantLock();
    private volatile List<WeakReference<Session>> sessions = List.of();

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
            List<WeakReference<Session>> alive = new ArrayList<>(sessions);
            alive.removeIf(reference -> reference.get() == null);
            alive.add(new WeakReference<>(session));
            sessions = alive;
        } finally {
            register.unlock();
        }
        return session;
    }

    /** Lets the thread in, or makes it wait; the wait decides how long. */
    void enter(Session session, boolean write, LockWait wait) {
        int limit = write ? writers : readers;
        session.enter(write);
        if (sessions.size() > limit && session.depth(write) == 1 && isCrowded(write, limit)) {
            session.leave(write);
            queue(session, write, limit, wait.started());
        }
    }

    private boolean isCrowded(boolean write, int limit) {
        VarHandle.fullFence();
        int inside = 0;
        for (WeakReference<Session> reference : sessions) {
            Session other = reference.get();
            inside += other != null && other.depth(write) > 0 ? 1 : 0;
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
