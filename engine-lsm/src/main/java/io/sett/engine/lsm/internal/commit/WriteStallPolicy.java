// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.commit;

/**
 * How much writers are held up when flush and compaction are behind: not at all, a little for each group, or until
 * something is done. A pure function: the slow-down grows from the first table above the mark, so that writers and
 * compaction find a balance before the stop is reached.
 *
 * @param maxImmutables memtables that may wait to be flushed; at this number writers stop
 * @param slowTables tables in level 0 from which on writers are slowed down
 * @param stopTables tables in level 0 from which on writers stop
 */
public record WriteStallPolicy(int maxImmutables, int slowTables, int stopTables) {

    /** Longest pause for one group of commits. */
    static final long MAX_DELAY_NANOS = 2_000_000;

    /** What to do. */
    public enum Kind {
        /** Go on. */
        NONE,
        /** Pause once, then go on. */
        DELAY,
        /** Wait until the state has changed. */
        STOP
    }

    /**
     * A decision.
     *
     * @param kind what to do
     * @param delayNanos how long to pause, 0 unless DELAY
     * @param reason in words, empty for NONE
     */
    public record Decision(Kind kind, long delayNanos, String reason) {

        private static final Decision GO = new Decision(Kind.NONE, 0, "");
    }

    /** Checks the numbers. */
    public WriteStallPolicy {
        if (maxImmutables < 1 || slowTables < 1 || stopTables <= slowTables) {
            throw new IllegalArgumentException("max immutables " + maxImmutables + ", slow from " + slowTables
                    + " tables, stop at " + stopTables);
        }
    }

    /**
     * Decides.
     *
     * @param immutables memtables that wait
     * @param rotates whether the next group needs a new memtable
     * @param level0Tables tables in level 0
     * @param compacts whether compaction runs by itself; if not, nobody would ever end a stop, so there is none
     */
    public Decision decide(int immutables, boolean rotates, int level0Tables, boolean compacts) {
        if (rotates && immutables >= maxImmutables) {
            return new Decision(Kind.STOP, 0, immutables + " memtables wait to be flushed, the limit is "
                    + maxImmutables);
        }
        if (!compacts || level0Tables < slowTables) {
            return Decision.GO;
        }
        if (level0Tables >= stopTables) {
            return new Decision(Kind.STOP, 0, level0Tables + " tables in level 0, the limit is " + stopTables);
        }
        long part = level0Tables - slowTables + 1L;
        long delay = MAX_DELAY_NANOS * part * part / ((long) (stopTables - slowTables) * (stopTables - slowTables));
        return new Decision(Kind.DELAY, delay, level0Tables + " tables in level 0, slow from " + slowTables);
    }
}
