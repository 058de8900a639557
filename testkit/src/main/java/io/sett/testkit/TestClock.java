// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until it is moved. When a {@link ManualScheduler} hangs on it, moving it runs what becomes
 * due, in the order of the due times and each at its own time.
 *
 * <p>Reading is safe for many threads; only one thread may move it.
 */
public final class TestClock extends Clock {

    /** Where a new clock stands: the beginning of 2026 in UTC. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now;
    private final ZoneId zone;
    private volatile @Nullable ManualScheduler scheduler;

    /** A clock that stands at {@link #START}. */
    public TestClock() {
        this(new AtomicReference<>(START), ZoneOffset.UTC);
    }

    private TestClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    void drive(ManualScheduler driven) {
        scheduler = driven;
    }

    /** Moves it forward. */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("a clock is advanced forward, got " + step + "; use moveTo to go back");
        }
        moveTo(now.get().plus(step));
    }

    /** Moves it to a moment, also back in time; what is scheduled until then runs. */
    public void moveTo(Instant moment) {
        ManualScheduler driven = scheduler;
        if (driven != null) {
            driven.runUntil(moment, now::set);
        }
        now.set(moment);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock in another zone: it moves with this one, but cannot drive a scheduler. */
    @Override
    public Clock withZone(ZoneId other) {
        return new TestClock(now, other);
    }

    @Override
    public String toString() {
        return "TestClock[" + now.get() + "]";
    }
}
