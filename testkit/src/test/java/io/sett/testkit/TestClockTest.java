// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.spi.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clock and the scheduler that tests turn. */
class TestClockTest {

    private final TestClock clock = new TestClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<String> ran = new ArrayList<>();

    private Runnable note(String what) {
        return () -> ran.add(what + "@" + Duration.between(TestClock.START, clock.instant()).toSeconds());
    }

    @Test
    void theClockStandsStillUntilItIsMoved() {
        Instant before = clock.instant();
        assertThat(clock.instant()).isEqualTo(before).isEqualTo(TestClock.START);
        clock.advance(Duration.ofMillis(1500));
        assertThat(clock.millis()).isEqualTo(before.toEpochMilli() + 1500);
        assertThat(clock.withZone(ZoneId.of("Asia/Tokyo")).instant()).isEqualTo(clock.instant());
        clock.moveTo(before);
        assertThat(clock.instant()).isEqualTo(before);
        assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tasksRunInOrderEachAtItsTime() {
        scheduler.after(Duration.ofSeconds(30), note("once"));
        scheduler.every(Duration.ofSeconds(20), note("often"));
        scheduler.after(Duration.ofSeconds(100), note("later"));
        clock.advance(Duration.ofSeconds(60));
        assertThat(ran).containsExactly("often@20", "once@30", "often@40", "often@60");
        assertThat(scheduler.waiting()).isEqualTo(2);
    }

    @Test
    void aTaskMayScheduleAndCancel() {
        Scheduler.Task task = scheduler.every(Duration.ofSeconds(1), note("cancelled"));
        scheduler.after(Duration.ofMillis(2500), () -> {
            task.cancel();
            scheduler.after(Duration.ofSeconds(1), note("chained"));
        });
        clock.advance(Duration.ofSeconds(10));
        assertThat(ran).containsExactly("cancelled@1", "cancelled@2", "chained@3");
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void aTaskThatThrowsGoesOnAndIsReported() {
        scheduler.every(Duration.ofSeconds(1), () -> {
            ran.add("ran");
            throw new IllegalStateException("mine");
        });
        clock.advance(Duration.ofSeconds(3));
        assertThat(ran).hasSize(3);
        assertThat(scheduler.failures()).hasSize(3).allMatch(failure -> failure.getMessage().equals("mine"));
    }
}
