// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the moves of one thread apart from a close by another: a lock that is hardly ever contended and so costs one
 * atomic write and one plain one. Who waits sleeps for moments; the one who waits is a closing store.
 */
final class MoveGate {

    private static final AtomicIntegerFieldUpdater<MoveGate> BUSY =
            AtomicIntegerFieldUpdater.newUpdater(MoveGate.class, "busy");
    private static final int SPINS = 100;
    private static final long PAUSE_NANOS = 50_000;

    private volatile int busy;

    /** Enters, alone until {@link #leave}. Not reentrant. */
    void enter() {
        if (!BUSY.compareAndSet(this, 0, 1)) {
            await();
        }
    }

    private void await() {
        for (int tries = 0; !BUSY.compareAndSet(this, 0, 1); tries++) {
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    /** What was done inside is seen by whoever enters next. */
    void leave() {
        BUSY.lazySet(this, 0);
    }
}
