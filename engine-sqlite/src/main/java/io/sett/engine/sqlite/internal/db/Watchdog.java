// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops statements whose thread was interrupted or whose time is over, within about ten milliseconds. One daemon thread
 * for each database, asleep while no statement runs.
 *
 * <p>Why not the driver's progress handler: it keeps one handler for the whole process, which an application might use.
 */
final class Watchdog implements AutoCloseable {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int IDLE_LOOKS = 20;

    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;

    Watchdog(String store) {
        thread = new Thread(this::run, "sett-sqlite-watch-" + store);
        thread.setDaemon(true);
        thread.start();
    }

    void watch(Session session) {
        sessions.add(session);
    }

    void forget(Session session) {
        sessions.remove(session);
    }

    /** Somebody begins to work: wakes the thread if it sleeps. */
    void workBegins() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        int idle = 0;
        while (!closed) {
            boolean working = look();
            idle = working ? 0 : idle + 1;
            if (idle < IDLE_LOOKS) {
                LockSupport.parkNanos(this, LOOK_NANOS);
            } else {
                sleep();
                idle = 0;
            }
        }
    }

    private void sleep() {
        asleep = true;
        boolean working = sessions.stream().anyMatch(Session::isWorking);
        if (!working && !closed) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private boolean look() {
        boolean working = false;
        for (Session session : sessions) {
            if (session.isWorking()) {
                working = true;
                session.stopIfDue();
            }
        }
        return working;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
