// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Nanoseconds for timeouts. */
public final class Ticks {

    private static final Class<?> SYSTEM = Clock.systemUTC().getClass();

    private Ticks() {
    }

    /**
     * {@link System#nanoTime()} when the clock is the system's, which may jump; otherwise what the clock says, so that
     * tests can let time pass.
     */
    public static LongSupplier of(Clock clock) {
        return clock.getClass() == SYSTEM ? new Monotonic() : new OfClock(clock);
    }

    /** A class and not a lambda, like {@link OfClock}, since every opening makes one. */
    private static final class Monotonic implements LongSupplier {

        @Override
        public long getAsLong() {
            return System.nanoTime();
        }
    }

    private static final class OfClock implements LongSupplier {

        private final Clock clock;

        private OfClock(Clock clock) {
            this.clock = clock;
        }

        @Override
        public long getAsLong() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }
    }
}
