// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.gc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Chooses the files of the value log that are worth emptying. Pure functions. */
public final class ValueLogGcPolicy {

    /** A store may take this much more than its values after a collection by hand, tables included. */
    private static final double SLACK = 0.25;
    /** What a value costs beside itself: its frame, and its entry in a table. */
    private static final long COST_OF_A_VALUE = 56;
    /** What may always stay, so that nothing is copied for next to nothing. */
    private static final double LEAST_SLACK = 0.02;

    private ValueLogGcPolicy() {
    }

    /** For a collection that runs by itself: files of which at least that part is dead, the emptiest first. */
    public static List<SegmentState> mostlyDead(List<SegmentState> segments, double threshold) {
        List<SegmentState> chosen = new ArrayList<>();
        for (SegmentState segment : segments) {
            if (segment.deadShare() >= threshold) {
                chosen.add(segment);
            }
        }
        chosen.sort(EMPTIEST_FIRST);
        return chosen;
    }

    /**
     * For a collection by hand: the emptiest files, as many as it takes until what is dead in the others is little
     * compared with what is alive in all of them.
     */
    public static List<SegmentState> untilLittleIsDead(List<SegmentState> segments) {
        List<SegmentState> sorted = new ArrayList<>(segments);
        sorted.sort(EMPTIEST_FIRST);
        long dead = 0;
        for (SegmentState segment : segments) {
            dead += segment.deadBytes();
        }
        long allowed = allowedDeadBytes(segments);
        List<SegmentState> chosen = new ArrayList<>();
        for (SegmentState segment : sorted) {
            if (dead <= allowed) {
                break;
            }
            chosen.add(segment);
            dead -= segment.deadBytes();
        }
        return chosen;
    }

    /** Dead bytes that may stay in all files together. */
    static long allowedDeadBytes(List<SegmentState> segments) {
        long live = 0;
        long values = 0;
        for (SegmentState segment : segments) {
            live += segment.liveBytes();
            values += segment.liveValues();
        }
        return Math.max((long) (LEAST_SLACK * live), (long) (SLACK * live) - COST_OF_A_VALUE * values);
    }

    /** Why a file stays, in words. */
    public static String reasonToKeep(SegmentState segment, double threshold) {
        if (segment.deadBytes() == 0) {
            return "all of it is alive";
        }
        if (segment.deadShare() >= threshold) {
            return "worth collecting, at the next run";
        }
        return "less than " + Math.round(threshold * 100) + " % is dead";
    }

    private static final Comparator<SegmentState> EMPTIEST_FIRST = Comparator
            .comparingDouble(SegmentState::deadShare).reversed().thenComparingLong(SegmentState::id);
}
