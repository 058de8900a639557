// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.version.Version;
import java.util.Optional;
import java.util.Set;

/** Chooses compactions: pure functions of a version and of what runs already. Any thread. */
public interface CompactionPolicy {

    /**
     * The most urgent compaction that can run beside the others.
     *
     * @param horizon what can be dropped
     * @return empty when there is nothing to do, or nothing that can be done now
     */
    Optional<Compaction> pick(Version version, InFlight inFlight, Horizon horizon);

    /**
     * The next step of a manual compaction, which brings all entries of a range to the deepest level that has any and
     * rewrites there what has not been rewritten since.
     *
     * @param old numbers of the tables to be rewritten in the deepest level: those that were there when it began, or
     *     none to bring the range into one level and no more
     * @param beganAt the newest version when it began; tables with only newer entries are none of its business
     * @return what to do next, or that it has to wait for running compactions, or that all is done
     */
    ManualStep pickManual(Version version, InFlight inFlight, KeyLimits range, Set<Long> old, long beganAt);

    /** About how many bytes compaction has to move until no level is too full. */
    long pendingBytes(Version version);

    /** How urgent each level is: from 1 on there is something to do. For statistics. */
    double[] scores(Version version, InFlight inFlight);

    /**
     * Part of a manual compaction.
     *
     * @param compaction what to do next, empty when there is nothing or it has to wait
     * @param done whether all is done
     */
    record ManualStep(Optional<Compaction> compaction, boolean done) {
    }
}
