// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.testkit.ManualScheduler;
import io.sett.testkit.TestClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

    private final TestClock clock = new TestClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicLong next = new AtomicLong(Housekeeping.NEVER);
    private final Housekeeping housekeeping = new Housekeeping(scheduler, clock, Duration.ofSeconds(1),
            runs::incrementAndGet, next::get);

    private long in(int seconds) {
        return clock.millis() + seconds * 1000L;
    }

    @Test
    void nothingIsScheduledWhileNothingIsDue() {
        housekeeping.dueAt(Housekeeping.NEVER);
        assertThat(scheduler.waiting()).isZero();
        clock.advance(Duration.ofDays(3650));
        assertThat(runs).hasValue(0);
    }

    @Test
    void theEarliestRequestCounts() {
        housekeeping.dueAt(in(60));
        housekeeping.dueAt(in(100));
        housekeeping.dueAt(in(30));
        assertThat(scheduler.waiting()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(29));
        assertThat(runs).hasValue(0);
        clock.advance(Duration.ofSeconds(1));
        assertThat(runs).hasValue(1);
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void runsKeepTheirDistanceAndGoOnWhileThereIsWork() {
        next.set(0);
        housekeeping.dueAt(0);
        clock.advance(Duration.ofSeconds(10));
        assertThat(runs).hasValue(10);
        next.set(Housekeeping.NEVER);
        clock.advance(Duration.ofSeconds(10));
        assertThat(runs).hasValue(11);
    }

    @Test
    void whatIsDueInAgesDoesNotOverflow() {
        housekeeping.dueAt(Long.MAX_VALUE - 1);
        assertThat(scheduler.waiting()).isEqualTo(1);
    }

    @Test
    void nothingRunsAfterClose() {
        housekeeping.dueAt(in(5));
        housekeeping.close();
        housekeeping.dueAt(in(1));
        clock.advance(Duration.ofSeconds(10));
        assertThat(runs).hasValue(0);
        assertThat(scheduler.waiting()).isZero();
    }
}
