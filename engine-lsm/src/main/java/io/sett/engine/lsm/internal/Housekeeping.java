// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.spi.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a store does now and then: end overdue transactions, look for compactions. Begins with the first transaction or
 * full memtable, so that a store that is opened for one put starts nothing.
 */
final class Housekeeping {

    /** A task and its period. */
    record Duty(Duration period, Runnable task) {
    }

    private final Scheduler scheduler;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final List<Scheduler.Task> tasks = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean stopped;

    Housekeeping(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Whether it has begun. */
    boolean hasBegun() {
        return begun.get();
    }

    /** Begins with these duties unless it has begun. */
    void begin(List<Duty> duties) {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        lock.lock();
        try {
            if (!stopped) {
                for (Duty duty : duties) {
                    tasks.add(scheduler.every(duty.period(), duty.task()));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            for (Scheduler.Task task : tasks) {
                task.cancel();
            }
            tasks.clear();
        } finally {
            lock.unlock();
        }
    }
}
