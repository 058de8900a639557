// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.history;

/**
 * Something that must not happen at some level of isolation.
 *
 * @param kind what it is
 * @param explanation the transactions and what ties them together
 */
public record Anomaly(Kind kind, String explanation) {

    /** The kinds, worst first. */
    public enum Kind {
        /** A transaction did not see its own writes, or its reads of one list contradict each other. */
        INTERNAL,
        /** A number is in a list twice, or one that nobody appended. */
        CORRUPT_LIST,
        /** Two reads of a list cannot both be prefixes of one order of writes. */
        INCOMPATIBLE_ORDER,
        /** Dirty write: a cycle of writes. */
        G0,
        /** Aborted read: something rolled back was seen. */
        G1A,
        /** Intermediate read: a part of what a transaction appended was seen. */
        G1B,
        /** A cycle of writes and reads of what was written. */
        G1C,
        /** A committed append is not in the final list. */
        LOST_UPDATE,
        /** Read skew: a cycle with one read of what was overwritten later. */
        G_SINGLE,
        /** Write skew and its like: a cycle with several reads of what was overwritten later. */
        G2
    }

    @Override
    public String toString() {
        return kind + ": " + explanation;
    }
}
