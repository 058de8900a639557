// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.commit;

/**
 * How much writers are held up when flush and compaction are behind: not at all, to a number of bytes per second, or
 * until something is done. A pure function: the allowed speed falls from mark to limit, evenly on a scale of powers, so
 * that writers and background work find a balance before the stop is reached.
 *
 * @param maxImmutables memtables that may wait to be flushed; at this number writers stop
 * @param slowTables tables in level 0 from which on writers are slowed down
 * @param stopTables tables in level 0 from which on writers stop
 * @param slowPending bytes that compaction is behind from which on writers are slowed down
 * @param stopPending bytes that compaction is behind from which on writers stop
 */
public record WriteStallPolicy(int maxImmutables, int slowTables, int stopTables, long slowPending,
        long stopPending) {

    /** Bytes per second right behind a mark. */
    static final long FASTEST = 256L << 20;

    /** Bytes per second right before a stop. */
    static final long SLOWEST = 1L << 20;

    /** What to do. */
    public enum Kind {
        /** Go on. */
        NONE,
        /** Go on at a limited speed. */
        SLOW,
        /** Wait until the state has changed. */
        STOP
    }

    /**
     * How things stand.
     *
     * @param immutables memtables that wait
     * @param fullness of the memtable that takes the writes, 0 to 1
     * @param rotates whether the next group needs a new memtable
     * @param level0Tables tables in level 0
     * @param pendingBytes that compaction is behind
     * @param compacts whether compaction runs by itself; if not, nobody would ever end a stop, so there is none
     */
    public record Load(int immutables, double fullness, boolean rotates, int level0Tables, long pendingBytes,
            boolean compacts) {
    }

    /**
     * A decision.
     *
     * @param kind what to do
     * @param bytesPerSecond how fast to go on, 0 unless SLOW
     * @param reason in words, empty for NONE
     */
    public record Decision(Kind kind, long bytesPerSecond, String reason) {

        /** Nothing holds writers up. */
        public static final Decision GO = new Decision(Kind.NONE, 0, "");
    }

    /** Checks the numbers. */
    public WriteStallPolicy {
        if (maxImmutables < 1 || slowTables < 1 || stopTables <= slowTables || slowPending < 1
                || stopPending <= slowPending) {
            throw new IllegalArgumentException("max immutables " + maxImmutables + ", slow from " + slowTables
                    + " tables, stop at " + stopTables + ", slow from " + slowPending + " pending bytes, stop at "
                    + stopPending);
        }
    }

    /** Whether nothing holds writers up, at a glance. */
    public boolean isCalm(int immutables, int level0Tables, long pendingBytes) {
        return immutables < slowImmutables() && level0Tables < slowTables && pendingBytes < slowPending;
    }

    private int slowImmutables() {
        return Math.max(1, maxImmutables - 1);
    }

    /** Decides. */
    public Decision decide(Load load) {
        if (load.rotates && load.immutables >= maxImmutables) {
            return stop(load.immutables + " memtables wait to be flushed, the limit is " + maxImmutables);
        }
        if (load.compacts && load.level0Tables >= stopTables) {
            return stop(load.level0Tables + " tables in level 0, the limit is " + stopTables);
        }
        if (load.compacts && load.pendingBytes >= stopPending) {
            return stop("compaction is " + load.pendingBytes + " bytes behind, the limit is " + stopPending);
        }
        double flush = load.immutables < slowImmutables() ? -1 : (load.immutables - slowImmutables() + load.fullness)
                / (maxImmutables - slowImmutables() + 1);
        double tables = load.compacts ? pressure(load.level0Tables, slowTables, stopTables) : -1;
        double pending = load.compacts ? pressure(load.pendingBytes, slowPending, stopPending) : -1;
        double most = Math.max(flush, Math.max(tables, pending));
        if (most < 0) {
            return Decision.GO;
        }
        return new Decision(Kind.SLOW, speed(most), most == flush ? load.immutables + " memtables wait to be flushed"
                : most == tables ? load.level0Tables + " tables in level 0, slow from " + slowTables
                : "compaction is " + load.pendingBytes + " bytes behind, slow from " + slowPending);
    }

    private static Decision stop(String reason) {
        return new Decision(Kind.STOP, 0, reason);
    }

    /** From 0 at the mark to 1 at the limit and beyond, negative below the mark. */
    private static double pressure(long value, long slow, long stop) {
        return value < slow ? -1 : Math.min(1, (double) (value - slow) / (stop - slow));
    }

    private static long speed(double pressure) {
        return (long) (FASTEST * Math.pow((double) SLOWEST / FASTEST, Math.min(1, pressure)));
    }
}
