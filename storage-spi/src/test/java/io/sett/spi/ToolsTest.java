// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.CancelledException;
import io.sett.api.error.DeadlineExceededException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ToolsTest {

    @Test
    void aPassedDeadlineNamesTheOperationAndTheTimeout() {
        Deadline over = Deadline.after(Duration.ofNanos(1));
        while (!over.isOver()) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> over.check("get in store 'chain'")).isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("get in store 'chain'").hasMessageContaining("PT0.000000001S");
        assertThat(over.remainingNanos()).isZero();
    }

    @Test
    void withoutDeadlineThereIsAlwaysTime() {
        Deadline none = Deadline.after(Optional.empty());
        none.check("anything");
        assertThat(none.isNone()).isTrue();
        assertThat(none.remainingNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE)).isOver()).isFalse();
    }

    @Test
    void anInterruptCancelsAndStaysSet() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Deadline.none().check("scan")).isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void latenciesAreWithinSixPercent() {
        LatencyRecorder recorder = new LatencyRecorder();
        assertThat(recorder.summary().samples()).isZero();
        for (int micros = 1; micros <= 1000; micros++) {
            recorder.record(micros * 1000L);
        }
        var summary = recorder.summary();
        assertThat(summary.samples()).isEqualTo(1000);
        assertThat(summary.p50().toNanos()).isBetween(500_000L, 535_000L);
        assertThat(summary.p99().toNanos()).isBetween(990_000L, 1_060_000L);
        assertThat(summary.max().toNanos()).isBetween(1_000_000L, 1_066_000L);
        recorder.record(Long.MAX_VALUE);
        recorder.record(-5);
        assertThat(recorder.summary().samples()).isEqualTo(1002);
    }

    @Test
    void aBudgetIsNeverExceededByTryReserve() {
        MemoryBudget budget = new MemoryBudget(100);
        assertThat(budget.tryReserve(60)).isTrue();
        assertThat(budget.tryReserve(41)).isFalse();
        assertThat(budget.tryReserve(40)).isTrue();
        budget.release(70);
        budget.reserve(500);
        assertThat(budget.usedBytes()).isEqualTo(530);
        assertThat(budget.freeBytes()).isZero();
        assertThatThrownBy(() -> new MemoryBudget(0)).hasMessageContaining("positive");
    }

    @Test
    void openHandlesAreReportedWithTheirStackAndClosedNewestFirst() {
        HandleTracker tracker = new HandleTracker(HandleTracking.FULL);
        List<String> closed = new ArrayList<>();
        HandleTracker.Handle first = tracker.open("transaction 1", () -> closed.add("transaction 1"));
        tracker.open("cursor", () -> closed.add("cursor"));
        HandleTracker.Handle third = tracker.open("snapshot", () -> closed.add("snapshot"));
        third.close();
        third.close();
        assertThat(tracker.openCount()).isEqualTo(2);
        assertThat(tracker.leaks()).extracting(HandleTracker.Leak::what).containsExactly("transaction 1", "cursor");
        assertThat(tracker.leaks().get(0).openedAt()).isNotNull().satisfies(stack -> assertThat(stack.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(ToolsTest.class.getName())));
        tracker.closeAll();
        assertThat(closed).containsExactly("cursor", "transaction 1");
        first.close();
        assertThat(tracker.openCount()).isZero();
    }

    @Test
    void theSharedSchedulerRunsOnceAndPeriodicallyAndSurvivesAFailingTask() throws InterruptedException {
        CountDownLatch once = new CountDownLatch(1);
        Scheduler.shared().after(Duration.ofMillis(1), once::countDown);
        assertThat(once.await(10, TimeUnit.SECONDS)).isTrue();
        CountDownLatch thrice = new CountDownLatch(3);
        AtomicInteger runs = new AtomicInteger();
        Scheduler.Task task = Scheduler.shared().every(Duration.ofMillis(1), () -> {
            thrice.countDown();
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("the first run fails");
            }
        });
        assertThat(thrice.await(10, TimeUnit.SECONDS)).isTrue();
        task.cancel();
        task.cancel();
    }

    @Test
    void spiVersionsAreCompatibleWithinAMajorVersion() {
        SpiVersion here = new SpiVersion(1, 1);
        assertThat(here.accepts(new SpiVersion(1, 0))).isTrue();
        assertThat(here.accepts(new SpiVersion(1, 1))).isTrue();
        assertThat(here.accepts(new SpiVersion(1, 2))).isFalse();
        assertThat(here.accepts(new SpiVersion(2, 0))).isFalse();
    }
}
