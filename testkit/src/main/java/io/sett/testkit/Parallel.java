// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Runs the same body in many threads that start together, and passes on what any of them threw. */
public final class Parallel {

    /** What each thread does. */
    @FunctionalInterface
    public interface Body {

        /** Does it; threads are numbered from 0. */
        void run(int thread) throws Exception;
    }

    private Parallel() {
    }

    /** Starts the threads, waits for all of them, and throws an {@link AssertionError} when one of them failed. */
    public static void run(int threads, Body body) {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    body.run(number);
                } catch (Throwable failed) {
                    failures.add(failed);
                }
            }, "parallel-" + number);
            thread.setDaemon(true);
            all.add(thread);
            thread.start();
        }
        start.countDown();
        join(all);
        if (!failures.isEmpty()) {
            Throwable first = failures.remove();
            AssertionError error = new AssertionError("one of " + threads + " threads failed: " + first, first);
            failures.forEach(error::addSuppressed);
            throw error;
        }
    }

    private static void join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            threads.forEach(Thread::interrupt);
            throw new AssertionError("interrupted while waiting for " + threads.size() + " threads", interrupted);
        }
    }
}
