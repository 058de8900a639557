// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import java.util.concurrent.atomic.LongAdder;

/** Counts point reads. Safe for many threads. */
final class ReadCounters {

    private final LongAdder reads = new LongAdder();
    private final LongAdder hits = new LongAdder();

    void read(boolean hit) {
        reads.increment();
        if (hit) {
            hits.increment();
        }
    }

    long reads() {
        return reads.sum();
    }

    long hits() {
        return hits.sum();
    }
}
