// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.engine.lsm.internal.compaction.CompactionScheduler;
import org.jspecify.annotations.Nullable;

/**
 * How far compaction is behind, as writers see it: kept at hand, since each group of commits asks, and computed anew
 * when tables change. Any thread.
 */
final class Backlog {

    private volatile long pendingBytes;
    private volatile boolean givenUp;
    private volatile @Nullable CompactionScheduler compaction;

    /** Once, when there is a compaction to ask. */
    void begin(CompactionScheduler scheduler) {
        compaction = scheduler;
    }

    /** Tables have changed. */
    void tablesChanged() {
        CompactionScheduler asked = compaction;
        if (asked != null) {
            pendingBytes = asked.pendingBytes();
        }
    }

    /** Compaction has failed too often, and waiting for it would be waiting for nothing; or it works again. */
    void givenUp(boolean value) {
        givenUp = value;
    }

    long pendingBytes() {
        return pendingBytes;
    }

    boolean isGivenUp() {
        return givenUp;
    }
}
