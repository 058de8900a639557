// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import io.sett.spi.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler whose tasks run when its clock is moved, in the thread that moves it. Nothing runs by itself, so a test
 * decides what happens when. Scheduling and cancelling are safe for many threads.
 *
 * <p>A repeating task runs once for each of its periods in a move of the clock, but at most {@value #MAX_RUNS_IN_MOVE}
 * times, so that a leap of years over a task of every second ends; its last run is then at the end of the leap.
 */
public final class ManualScheduler implements Scheduler {

    private static final int MAX_RUNS_IN_MOVE = 1000;

    private static final class Entry implements Task {

        private final Runnable work;
        private final @Nullable Duration period;
        private final long number;
        private Instant due;
        private Instant move = Instant.MIN;
        private int runsInMove;
        private volatile boolean cancelled;

        private Entry(Runnable work, @Nullable Duration period, long number, Instant due) {
            this.work = work;
            this.period = period;
            this.number = number;
            this.due = due;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        /** When it is due after a run in the move of the clock that ends at {@code end}. */
        private Instant nextDue(Instant end, Duration each) {
            runsInMove = move.equals(end) ? runsInMove + 1 : 1;
            move = end;
            boolean leap = runsInMove >= MAX_RUNS_IN_MOVE && due.plus(each).isBefore(end);
            return leap ? end : due.plus(each);
        }
    }

    private static final Comparator<Entry> ORDER =
            Comparator.<Entry, Instant>comparing(entry -> entry.due).thenComparingLong(entry -> entry.number);

    private final TestClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private long numbers;

    /** A scheduler that is driven by this clock. */
    public ManualScheduler(TestClock clock) {
        this.clock = clock;
        clock.drive(this);
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        return add(delay, null, task);
    }

    @Override
    public Task every(Duration period, Runnable task) {
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("a period must be positive, got " + period);
        }
        return add(period, period, task);
    }

    private Task add(Duration delay, @Nullable Duration period, Runnable task) {
        lock.lock();
        try {
            Entry entry = new Entry(task, period, numbers++, clock.instant().plus(delay));
            entries.add(entry);
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks wait, those that repeat counting once. */
    public int waiting() {
        lock.lock();
        try {
            entries.removeIf(entry -> entry.cancelled);
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    /** What tasks threw, in order. A task that throws goes on repeating. */
    public List<Throwable> failures() {
        lock.lock();
        try {
            return List.copyOf(failures);
        } finally {
            lock.unlock();
        }
    }

    void runUntil(Instant end, Consumer<Instant> setClock) {
        for (Optional<Entry> next = takeDue(end); next.isPresent(); next = takeDue(end)) {
            Entry entry = next.get();
            if (entry.due.isAfter(clock.instant())) {
                setClock.accept(entry.due);
            }
            run(entry, end);
        }
    }

    private Optional<Entry> takeDue(Instant end) {
        lock.lock();
        try {
            entries.removeIf(entry -> entry.cancelled);
            Optional<Entry> first = entries.stream().min(ORDER).filter(entry -> !entry.due.isAfter(end));
            first.ifPresent(entries::remove);
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void run(Entry entry, Instant end) {
        try {
            entry.work.run();
        } catch (RuntimeException | Error failed) {
            lock.lock();
            try {
                failures.add(failed);
            } finally {
                lock.unlock();
            }
        }
        if (entry.period != null && !entry.cancelled) {
            lock.lock();
            try {
                entry.due = entry.nextDue(end, entry.period);
                entries.add(entry);
            } finally {
                lock.unlock();
            }
        }
    }
}
