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
        return clock.getClass() == SYSTEM ? System::nanoTime : () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }
}
