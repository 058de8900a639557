// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.cache.management.CacheStatisticsMXBean;

/**
 * The counters of the standard; they stand still while they are switched off. Times are in microseconds, the average
 * since the last {@link #clear}. Any thread.
 */
final class Statistics implements CacheStatisticsMXBean {

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder removals = new LongAdder();
    private final LongAdder getNanos = new LongAdder();
    private final LongAdder putNanos = new LongAdder();
    private final LongAdder removeNanos = new LongAdder();
    private final LongSupplier evictions;
    private volatile long evictionsBefore;
    private volatile boolean enabled;

    /**
     * Switched off.
     *
     * @param evictions how many entries the store has evicted for want of room
     */
    Statistics(LongSupplier evictions) {
        this.evictions = evictions;
    }

    void enable(boolean on) {
        enabled = on;
    }

    /** The moment at which an operation begins, 0 while switched off. */
    long begin() {
        return enabled ? System.nanoTime() : 0;
    }

    void hit() {
        hits(1);
    }

    void miss() {
        if (enabled) {
            misses.increment();
        }
    }

    void hits(long number) {
        if (enabled) {
            hits.add(number);
        }
    }

    void found(boolean found) {
        if (found) {
            hit();
        } else {
            miss();
        }
    }

    void put() {
        if (enabled) {
            puts.increment();
        }
    }

    void removed() {
        if (enabled) {
            removals.increment();
        }
    }

    void endGet(long begun) {
        end(getNanos, begun);
    }

    void endPut(long begun) {
        end(putNanos, begun);
    }

    void endRemove(long begun) {
        end(removeNanos, begun);
    }

    private static void end(LongAdder sum, long begun) {
        if (begun != 0) {
            sum.add(System.nanoTime() - begun);
        }
    }

    @Override
    public void clear() {
        for (LongAdder counter : new LongAdder[] {hits, misses, puts, removals, getNanos, putNanos, removeNanos}) {
            counter.reset();
        }
        evictionsBefore = evictions.getAsLong();
    }

    @Override
    public long getCacheHits() {
        return hits.sum();
    }

    @Override
    public float getCacheHitPercentage() {
        return percentage(hits.sum());
    }

    @Override
    public long getCacheMisses() {
        return misses.sum();
    }

    @Override
    public float getCacheMissPercentage() {
        return percentage(misses.sum());
    }

    private float percentage(long part) {
        long gets = getCacheGets();
        return gets == 0 ? 0 : 100f * part / gets;
    }

    @Override
    public long getCacheGets() {
        return hits.sum() + misses.sum();
    }

    @Override
    public long getCachePuts() {
        return puts.sum();
    }

    @Override
    public long getCacheRemovals() {
        return removals.sum();
    }

    @Override
    public long getCacheEvictions() {
        return enabled ? evictions.getAsLong() - evictionsBefore : 0;
    }

    @Override
    public float getAverageGetTime() {
        return micros(getNanos, getCacheGets());
    }

    @Override
    public float getAveragePutTime() {
        return micros(putNanos, getCachePuts());
    }

    @Override
    public float getAverageRemoveTime() {
        return micros(removeNanos, getCacheRemovals());
    }

    private static float micros(LongAdder nanos, long number) {
        return number == 0 ? 0 : nanos.sum() / 1000f / number;
    }
}
