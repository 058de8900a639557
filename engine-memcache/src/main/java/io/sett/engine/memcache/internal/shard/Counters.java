// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import io.sett.api.cache.RemovalCause;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counters of a cache; counting costs a few nanoseconds and threads do not disturb each other. */
public final class Counters {

    public final LongAdder hits = new LongAdder();
    public final LongAdder misses = new LongAdder();
    public final LongAdder sets = new LongAdder();
    public final LongAdder deletes = new LongAdder();
    public final LongAdder deleteMisses = new LongAdder();
    public final LongAdder rejections = new LongAdder();
    public final LongAdder collisions = new LongAdder();
    public final LongAdder loads = new LongAdder();
    public final LongAdder loadNanos = new LongAdder();
    public final LongAdder listenerFailures = new LongAdder();
    public final LongAdder compactions = new LongAdder();
    private final LongAdder[] removals = new LongAdder[RemovalCause.values().length];

    /** All zero. */
    public Counters() {
        for (int i = 0; i < removals.length; i++) {
            removals[i] = new LongAdder();
        }
    }

    public void removed(RemovalCause cause) {
        removals[cause.ordinal()].increment();
    }

    public Map<RemovalCause, Long> removals() {
        Map<RemovalCause, Long> counts = new EnumMap<>(RemovalCause.class);
        for (RemovalCause cause : RemovalCause.values()) {
            counts.put(cause, removals[cause.ordinal()].sum());
        }
        return counts;
    }

    public void reset() {
        for (LongAdder adder : new LongAdder[] {hits, misses, sets, deletes, deleteMisses, rejections, collisions,
            loads, loadNanos, listenerFailures, compactions}) {
            adder.reset();
        }
        for (LongAdder adder : removals) {
            adder.reset();
        }
    }
}
