// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs one piece of work on several threads at once. */
public final class Clients {

    /** What each thread does. */
    @FunctionalInterface
    public interface Work {
        /** With the thread's part of the meter and its number from 0. */
        void run(Meter.Client client, int number) throws Exception;
    }

    private Clients() {
    }

    /** Runs it and waits; a single one runs on the calling thread. The first failure is thrown. */
    public static void run(int threads, Meter meter, Work work) throws Exception {
        if (threads == 1) {
            try (Meter.Client client = meter.client()) {
                work.run(client, 0);
            }
            return;
        }
        List<Thread> running = new ArrayList<>();
        List<Exception> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try (Meter.Client client = meter.client()) {
                    work.run(client, number);
                } catch (Exception failed) {
                    failures.add(failed);
                }
            }, "client-" + i);
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }
}
