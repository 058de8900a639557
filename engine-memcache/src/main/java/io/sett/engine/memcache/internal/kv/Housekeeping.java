// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.spi.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs work when something becomes due, and schedules nothing while nothing will. Safe for many threads; asking for a
 * run that is not earlier than the scheduled one costs one volatile read.
 */
final class Housekeeping {

    /** Stands for "never". */
    static final long NEVER = Long.MAX_VALUE;

    private static final long LONGEST_DELAY_MILLIS = Duration.ofDays(1).toMillis();

    private final Scheduler scheduler;
    private final Clock clock;
    private final long shortestDelayMillis;
    private final Runnable work;
    private final LongSupplier nextDueMillis;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long scheduledFor = NEVER;
    private Scheduler.@Nullable Task task;
    private boolean closed;

    /**
     * No run is scheduled yet.
     *
     * @param shortestDelay between a request and the run, and between runs
     * @param work what a run does
     * @param nextDueMillis after a run: when the next one is due, or {@link #NEVER}
     */
    Housekeeping(Scheduler scheduler, Clock clock, Duration shortestDelay, Runnable work, LongSupplier nextDueMillis) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.shortestDelayMillis = shortestDelay.toMillis();
        this.work = work;
        this.nextDueMillis = nextDueMillis;
    }

    /** Something becomes due at that time. */
    void dueAt(long millis) {
        if (millis < scheduledFor) {
            schedule(millis);
        }
    }

    private void schedule(long millis) {
        lock.lock();
        try {
            long now = clock.millis();
            long delay = Math.max(shortestDelayMillis, Math.min(millis - now, LONGEST_DELAY_MILLIS));
            if (closed || now + delay >= scheduledFor) {
                return;
            }
            if (task != null) {
                task.cancel();
            }
            scheduledFor = now + delay;
            task = scheduler.after(Duration.ofMillis(delay), this::run);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        lock.lock();
        try {
            scheduledFor = NEVER;
            task = null;
        } finally {
            lock.unlock();
        }
        try {
            work.run();
        } finally {
            dueAt(nextDueMillis.getAsLong());
        }
    }

    /** Schedules nothing any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            scheduledFor = NEVER;
            if (task != null) {
                task.cancel();
                task = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
