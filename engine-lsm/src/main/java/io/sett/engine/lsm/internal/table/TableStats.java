// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import java.util.concurrent.atomic.LongAdder;

/** Counters of all tables of one store. Any thread. */
public final class TableStats {

    final LongAdder filterChecks = new LongAdder();
    final LongAdder filterNegatives = new LongAdder();
    final LongAdder filterFalsePositives = new LongAdder();
    final LongAdder blockReads = new LongAdder();
    final LongAdder blockBytes = new LongAdder();
    final LongAdder tablesOpened = new LongAdder();

    /** How often a filter was asked. */
    public long filterChecks() {
        return filterChecks.sum();
    }

    /** How often it said no, and a table needed not be searched. */
    public long filterNegatives() {
        return filterNegatives.sum();
    }

    /** How often it said yes, and the key was not in the table. */
    public long filterFalsePositives() {
        return filterFalsePositives.sum();
    }

    /** Blocks read from files. */
    public long blockReads() {
        return blockReads.sum();
    }

    /** Bytes of those blocks as stored. */
    public long blockBytes() {
        return blockBytes.sum();
    }

    /** Tables opened. */
    public long tablesOpened() {
        return tablesOpened.sum();
    }
}
