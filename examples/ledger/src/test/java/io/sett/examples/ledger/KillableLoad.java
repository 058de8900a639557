// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger;

import io.sett.examples.ledger.load.LoadListener;
import io.sett.examples.ledger.store.StoreStep;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * A process that loads and tells each step on standard output, so that somebody can kill it then. The first argument
 * says at
 * which step it stops and waits to be killed; 0 for never.
 */
public final class KillableLoad {
    private KillableLoad() {
    }

    /** Runs the command line that follows the first argument. */
    public static void main(String[] args) {
        int last = Integer.parseInt(args[0]);
        String[] command = Arrays.copyOfRange(args, 1, args.length);
        PrintWriter err = new PrintWriter(System.err, true);
        System.exit(LedgerCommand.run(Main.STORES, new PrintWriter(System.out, true), err, new LoadListener() {
            private int steps;

            @Override
            public void stored(StoreStep step) {
                System.out.println("step " + ++steps + " " + step);
                if (steps == last) {
                    waitToBeKilled();
                }
            }
        }, command));
    }

    private static void waitToBeKilled() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }
}
