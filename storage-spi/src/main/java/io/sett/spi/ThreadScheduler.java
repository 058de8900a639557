// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import io.sett.spi.log.Loggers;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** A scheduler on one daemon thread that ends a minute after the last task. */
final class ThreadScheduler implements Scheduler {

    static final Scheduler SHARED = new ThreadScheduler();

    private static final Logger LOG = Loggers.of(Scheduler.class);

    private ThreadScheduler() {
    }

    /** Loaded with the first task, which many programs never have. */
    private static final class Lane {

        private static final ScheduledThreadPoolExecutor EXECUTOR = executor();

        private static ScheduledThreadPoolExecutor executor() {
            ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, runnable -> {
                Thread thread = new Thread(runnable, "sett-scheduler");
                thread.setDaemon(true);
                return thread;
            });
            executor.setRemoveOnCancelPolicy(true);
            executor.setKeepAliveTime(1, TimeUnit.MINUTES);
            executor.allowCoreThreadTimeOut(true);
            return executor;
        }
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        return cancellable(Lane.EXECUTOR.schedule(logging(task), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public Task every(Duration period, Runnable task) {
        long nanos = period.toNanos();
        return cancellable(Lane.EXECUTOR.scheduleWithFixedDelay(logging(task), nanos, nanos,
                TimeUnit.NANOSECONDS));
    }

    private static Task cancellable(Future<?> future) {
        return () -> future.cancel(false);
    }

    private static Runnable logging(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException failed) {
                LOG.error("a scheduled task failed; it runs again at its next time", failed);
            }
        };
    }
}
