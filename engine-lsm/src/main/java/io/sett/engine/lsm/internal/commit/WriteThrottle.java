// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.commit;

/**
 * Turns a speed into pauses: bytes written add up to time that is owed, and when that is worth a pause it is to be
 * paid. One thread at a time.
 */
public final class WriteThrottle {

    /** A shorter pause is not worth the switch of threads. */
    static final long SHORTEST_NANOS = 500_000;

    /** No group of commits pauses longer, however large the one before was. */
    static final long LONGEST_NANOS = 100_000_000;

    private long owedNanos;

    /** Nothing is owed. */
    public WriteThrottle() {
    }

    /** Counts what was written at that speed; answers how long to pause now, mostly 0. */
    public long owe(long bytes, long bytesPerSecond) {
        double nanos = bytes * 1e9 / bytesPerSecond;
        owedNanos = (long) Math.min(LONGEST_NANOS, owedNanos + nanos);
        return owedNanos >= SHORTEST_NANOS ? owedNanos : 0;
    }

    /** A pause of that length was made. */
    public void paid(long nanos) {
        owedNanos = Math.max(0, owedNanos - nanos);
    }

    /** Nothing holds writers up any more. */
    public void forget() {
        owedNanos = 0;
    }
}
