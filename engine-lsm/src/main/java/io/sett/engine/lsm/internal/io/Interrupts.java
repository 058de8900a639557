// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import java.io.IOException;

/** Runs channel operations with the thread's interrupt flag held back, see the package page. */
final class Interrupts {

    /** How often a channel may be closed under one operation before that counts as a failure. */
    static final int MAX_REOPENS = 1000;

    /** An operation on a channel. */
    @FunctionalInterface
    interface Operation<T> {
        T run() throws IOException;
    }

    private Interrupts() {
    }

    /** Gives the thread its interrupt flag back. */
    static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs it; the flag is as before afterwards, or set when an interrupt arrived meanwhile. */
    static <T> T heldBack(Operation<T> operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return operation.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
