// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.error.StorageException;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.spi.Scheduler;
import io.sett.spi.log.Loggers;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Removes expired entries and gives free pages back, in small steps, and only while there is something to do: a store
 * without times to live has no task for them.
 */
final class KvSweeper {

    private static final Logger LOG = Loggers.of(KvSweeper.class);
    private static final int ENTRIES = 1000;
    private static final long SHRINK_PAGES = 2000;

    private final Database database;
    private final Committer committer;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Duration interval;
    private final ReentrantLock lock = new ReentrantLock();
    private final Scheduler.@Nullable Task shrinking;
    private Scheduler.@Nullable Task sweeping;
    private boolean stopped;
    private volatile long commitsAtShrink;

    KvSweeper(Database database, Committer committer, Clock clock, Scheduler scheduler, Duration interval,
            Duration shrinkInterval) {
        this.database = database;
        this.committer = committer;
        this.clock = clock;
        this.scheduler = scheduler;
        this.interval = interval;
        this.shrinking = shrinkInterval.isZero() ? null : scheduler.every(shrinkInterval, this::shrink);
        committer.onExpiry(this::schedule);
    }

    /** There are entries that will expire: sees to it that they are removed after a while. */
    void schedule() {
        schedule(interval);
    }

    private void schedule(Duration delay) {
        lock.lock();
        try {
            if (sweeping == null && !stopped) {
                sweeping = scheduler.after(delay, this::sweep);
            }
        } finally {
            lock.unlock();
        }
    }

    private void sweep() {
        lock.lock();
        try {
            sweeping = null;
        } finally {
            lock.unlock();
        }
        Duration next = interval;
        try {
            committer.writer().sweep(clock.millis(), ENTRIES);
            long earliest = committer.writer().earliestExpiry();
            if (earliest == 0) {
                return;
            }
            long wait = earliest - clock.millis();
            next = wait > interval.toMillis() ? Duration.ofMillis(wait) : interval;
        } catch (StorageException failed) {
            report("sweeping", failed);
        }
        schedule(next);
    }

    private void shrink() {
        long commits = committer.commits();
        if (commits == commitsAtShrink) {
            return;
        }
        try {
            database.shrink(SHRINK_PAGES);
            commitsAtShrink = commits;
        } catch (StorageException failed) {
            report("giving back free pages", failed);
        }
    }

    private void report(String what, StorageException failed) {
        if (database.isOpen()) {
            LOG.warn("Store '{}': {} failed, the next run tries again", database.options().store(), what, failed);
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            if (sweeping != null) {
                sweeping.cancel();
            }
            if (shrinking != null) {
                shrinking.cancel();
            }
        } finally {
            lock.unlock();
        }
    }
}
