// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.engine.memcache.internal.settings.CacheSettings;
import io.sett.engine.memcache.internal.shard.Shard;
import io.sett.spi.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps what has expired and puts memory in order, on the scheduler, in portions: one batch for each hold of a lock,
 * a bounded number of batches for each run; what is left over follows a moment later.
 */
final class Upkeep {

    private static final int BATCHES_A_RUN = 4096;
    private static final Duration SOON = Duration.ofMillis(5);

    private final CacheCore core;
    private final Scheduler scheduler;
    private final List<Scheduler.Task> tasks = new ArrayList<>();
    private final ReentrantLock running = new ReentrantLock();
    private Scheduler.@Nullable Task rest;

    Upkeep(CacheCore core) {
        this.core = core;
        this.scheduler = core.context().scheduler();
    }

    void start() {
        Duration cleanup = core.context().settings().get(CacheSettings.CLEANUP_INTERVAL);
        Duration clean = core.context().settings().get(CacheSettings.CLEAN_WINDOW);
        if (!cleanup.isZero() && !cleanup.equals(clean)) {
            tasks.add(scheduler.every(cleanup, () -> run(0, false)));
        }
        if (!clean.isZero()) {
            tasks.add(scheduler.every(clean, () -> run(0, true)));
        }
    }

    private void run(int first, boolean compacting) {
        if (!running.tryLock()) {
            return;
        }
        try {
            int batches = BATCHES_A_RUN;
            for (int i = first; i < core.shardCount() && !core.isClosed(); i++) {
                batches -= tend(core.shard(i), compacting, batches);
                if (batches <= 0 && i + 1 < core.shardCount()) {
                    int next = i;
                    rest = scheduler.after(SOON, () -> run(next, compacting));
                    break;
                }
            }
        } finally {
            running.unlock();
        }
        core.removals().help();
    }

    /** Tends to one shard; a shard that is busy is left for the next time. */
    private int tend(Shard shard, boolean compacting, int most) {
        int done = 0;
        boolean more = shard.entries() > 0 || compacting && shard.holdsMemory();
        while (more && done < most && shard.lock().tryLock()) {
            try {
                more = !core.isClosed() && (shard.sweep(core.ttl().now()) > 0 || shard.upkeep(compacting));
                done += more ? 1 : 0;
            } finally {
                shard.lock().unlock();
            }
        }
        return done;
    }

    void stop() {
        tasks.forEach(Scheduler.Task::cancel);
        Scheduler.Task waiting = rest;
        if (waiting != null) {
            waiting.cancel();
        }
    }
}
