// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import java.time.Duration;

/**
 * Who uses a connection, for messages.
 *
 * @param what for what
 * @param thread the name of the thread that took it
 * @param sinceNanos when, by {@link System#nanoTime()}
 * @param expire ends it when it is over its time; does nothing otherwise
 */
public record Holder(String what, String thread, long sinceNanos, Runnable expire) {

    /** A user that cannot be overdue. */
    public static Holder of(String what) {
        return of(what, () -> { });
    }

    /** A user that can be overdue. */
    public static Holder of(String what, Runnable expire) {
        return new Holder(what, Thread.currentThread().getName(), System.nanoTime(), expire);
    }

    @Override
    public String toString() {
        long millis = Duration.ofNanos(System.nanoTime() - sinceNanos).toMillis();
        return what + " (thread " + thread + ", since " + millis / 1000 + "." + millis % 1000 / 100 + " s)";
    }
}
