// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one store: made with the first task, gone when there was none for a while. */
final class Threads {

    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor commits;
    private final ThreadPoolExecutor flushes;
    private final ThreadPoolExecutor compactions;

    Threads(String store, int compactionWorkers) {
        commits = pool(store, "commit", 1);
        flushes = pool(store, "flush", 1);
        compactions = pool(store, "compaction", compactionWorkers);
    }

    private static ThreadPoolExecutor pool(String store, String work, int size) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(size, size, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "sett-" + store + "-" + work + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Leads commits that nobody waits for. */
    ThreadPoolExecutor commits() {
        return commits;
    }

    /** Flushes, and deletes files. */
    ThreadPoolExecutor flushes() {
        return flushes;
    }

    ThreadPoolExecutor compactions() {
        return compactions;
    }

    /** Takes no more tasks and waits for those that run; those that wait are run too. */
    void close() {
        boolean interrupted = false;
        for (ThreadPoolExecutor pool : new ThreadPoolExecutor[] {commits, compactions, flushes}) {
            pool.shutdown();
            while (!pool.isTerminated()) {
                try {
                    pool.awaitTermination(1, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
