// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import io.sett.spi.log.Loggers;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;

/** Runs channel operations with the thread's interrupt flag held back, see the package page. */
final class Interrupts {

    /** How often an operation is tried again by the interrupted thread before one that nobody interrupts does it. */
    static final int MAX_REOPENS = 16;

    private static final Logger LOG = Loggers.of(Interrupts.class);

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

    /**
     * Runs it on a thread that nobody knows and so nobody interrupts, and waits for it. The last resort against a storm of
     * interrupts; those that arrive meanwhile are swallowed here and must be given back by the caller.
     */
    static <T> T undisturbed(Operation<T> operation) throws IOException {
        FutureTask<T> task = new FutureTask<>(operation::run);
        Thread thread = new Thread(task, "sett-undisturbed-io");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                return task.get();
            } catch (InterruptedException again) {
                LOG.debug("interrupted while a write or read is finished; the flag is given back afterwards");
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof RuntimeException wrong) {
                    throw wrong;
                }
                throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
            }
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
