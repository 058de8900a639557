// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The threads of one store: made with the first task, gone when there was none for a while. */
final class Threads {

    private static final int READ_AHEAD = 4;
    private static final long IDLE_SECONDS = 5;

    private final Lane commits;
    private final Lane flushes;
    private final Lane compactions;
    private final Lane collections;
    private final Lane readAhead;

    Threads(String store, int compactionWorkers) {
        commits = new Lane(store, "commit", 1);
        flushes = new Lane(store, "flush", 1);
        compactions = new Lane(store, "compaction", compactionWorkers);
        collections = new Lane(store, "collection", 1);
        readAhead = new Lane(store, "read-ahead", READ_AHEAD);
    }

    /** The threads for one kind of work. */
    private static final class Lane implements Executor, ThreadFactory {

        private final String prefix;
        private final int size;
        private final AtomicInteger number = new AtomicInteger();
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable ThreadPoolExecutor pool;
        private boolean closed;

        private Lane(String store, String work, int size) {
            this.prefix = "sett-" + store + "-" + work + "-";
            this.size = size;
        }

        @Override
        public void execute(Runnable task) {
            ThreadPoolExecutor begun = pool;
            (begun == null ? begin() : begun).execute(task);
        }

        private ThreadPoolExecutor begin() {
            lock.lock();
            try {
                ThreadPoolExecutor begun = pool;
                if (begun == null) {
                    if (closed) {
                        throw new RejectedExecutionException("the store is closed");
                    }
                    begun = new ThreadPoolExecutor(size, size, IDLE_SECONDS, TimeUnit.SECONDS,
                            new LinkedBlockingQueue<>(), this);
                    begun.allowCoreThreadTimeOut(true);
                    pool = begun;
                }
                return begun;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }

        /** No further task; waits for those there are. Whether the waiting thread was interrupted. */
        private boolean close() {
            ThreadPoolExecutor begun;
            lock.lock();
            try {
                closed = true;
                begun = pool;
            } finally {
                lock.unlock();
            }
            boolean interrupted = false;
            if (begun != null) {
                begun.shutdown();
                while (!begun.isTerminated()) {
                    try {
                        begun.awaitTermination(1, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            }
            return interrupted;
        }
    }

    /** Leads commits that nobody waits for. */
    Executor commits() {
        return commits;
    }

    /** Flushes, and deletes files. */
    Executor flushes() {
        return flushes;
    }

    /** Brings values into memory before a scan gets to them. */
    Executor readAhead() {
        return readAhead;
    }

    /** Collects the garbage of the value log. */
    Executor collections() {
        return collections;
    }

    Executor compactions() {
        return compactions;
    }

    /** Takes no more tasks and waits for those that run; those that wait are run too. */
    void close() {
        boolean interrupted = commits.close();
        interrupted |= compactions.close();
        interrupted |= collections.close();
        interrupted |= readAhead.close();
        interrupted |= flushes.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
