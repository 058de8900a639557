// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** The part of the time that the garbage collector took. One thread at a time. */
final class GcTime {

    private final LongSupplier totalMillis;
    private long before = -1;

    /** Watches a total that grows. */
    GcTime(LongSupplier totalMillis) {
        this.totalMillis = totalMillis;
    }

    /** Watches the collectors of this JVM. */
    static GcTime ofThisJvm() {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        return new GcTime(() -> {
            long sum = 0;
            for (GarbageCollectorMXBean collector : collectors) {
                sum += Math.max(0, collector.getCollectionTime());
            }
            return sum;
        });
    }

    /** The share since the last call, that long ago; 0 for the first call. */
    double share(Duration interval) {
        long now = totalMillis.getAsLong();
        long took = before < 0 ? 0 : now - before;
        before = now;
        return Math.min(1, (double) took / Math.max(1, interval.toMillis()));
    }
}
