// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets one call at a time into a transaction, and lets others (a watchdog, the closing store) end it only between
 * calls. An end asked for during a call happens when that call leaves. No locks: two atomic writes for each call.
 */
final class UseGate {

    private static final int IDLE = 0;
    private static final int BUSY = 1;
    private static final int ENDED = 2;

    private final AtomicInteger state = new AtomicInteger();
    private volatile @Nullable TransactionOutcome asked;
    private volatile @Nullable TransactionOutcome outcome;

    /** Whether the call may go on; it must leave or end then. */
    boolean tryEnter() {
        return state.compareAndSet(IDLE, BUSY);
    }

    /**
     * The call is over.
     *
     * @return the outcome somebody asked for meanwhile: the transaction has ended with it and the caller must clean up
     */
    @Nullable TransactionOutcome leave() {
        state.set(IDLE);
        TransactionOutcome wish = asked;
        return wish != null && endIdle(wish) ? wish : null;
    }

    /** Ends it from within a call. */
    void endBusy(TransactionOutcome how) {
        outcome = how;
        state.set(ENDED);
    }

    /** Ends it from outside now or when the running call leaves; true when it is now and the caller must clean up. */
    boolean askToEnd(TransactionOutcome how) {
        asked = how;
        return endIdle(how);
    }

    private boolean endIdle(TransactionOutcome how) {
        if (!state.compareAndSet(IDLE, ENDED)) {
            return false;
        }
        outcome = how;
        return true;
    }

    boolean isEnded() {
        return state.get() == ENDED;
    }

    /** How it ended, or null while it has not. */
    @Nullable TransactionOutcome outcome() {
        while (state.get() == ENDED && outcome == null) {
            Thread.onSpinWait();
        }
        return outcome;
    }
}
