// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.gc;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How fast values are moved: as fast as possible, or so that the collection rests as long as it has worked, which
 * leaves half of the disk to others however fast the disk is. One thread.
 */
final class Pace {

    /** Bytes between two rests. */
    private static final long STRIDE = 1L << 20;
    private static final long LONGEST_REST_NANOS = 50_000_000;

    private final boolean rests;
    private final BooleanSupplier hurry;
    private long bytes;
    private long since = System.nanoTime();

    private Pace(boolean rests, BooleanSupplier hurry) {
        this.rests = rests;
        this.hurry = hurry;
    }

    /** Without rests. */
    static Pace full() {
        return new Pace(false, () -> true);
    }

    /**
     * Half of the time.
     *
     * @param hurry asked before a rest; true lets it go on, for a store that closes
     */
    static Pace half(BooleanSupplier hurry) {
        return new Pace(true, hurry);
    }

    void moved(long more) {
        bytes += more;
        if (!rests || bytes < STRIDE || hurry.getAsBoolean()) {
            return;
        }
        bytes = 0;
        long worked = System.nanoTime() - since;
        LockSupport.parkNanos(Math.min(LONGEST_REST_NANOS, worked));
        since = System.nanoTime();
    }
}
