// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a phase should reach as a ratio of operations per second to RocksDB.
 *
 * @param least what it must reach
 * @param aim what would be good
 */
record Goal(double least, double aim) {

    /** By phase. */
    static final Map<String, Goal> BY_PHASE = goals();

    private static Map<String, Goal> goals() {
        Map<String, Goal> goals = new LinkedHashMap<>();
        for (String phase : new String[] {"fillseq", "fillrandom", "overwrite", "fill1k", "fill16k"}) {
            goals.put(phase, new Goal(2, 3));
        }
        goals.put("readrandom", new Goal(2.5, 5));
        goals.put("readrandom2", new Goal(2.5, 5));
        goals.put("readmissing", new Goal(1, 1.5));
        goals.put("seek100", new Goal(3, 6));
        goals.put("fullscan", new Goal(3, 4.5));
        goals.put("readwhilewriting", new Goal(3, 7));
        goals.put("get1k", new Goal(2.5, 4.9));
        goals.put("get16k", new Goal(2.5, 3.3));
        goals.put("scan1k", new Goal(1.5, 3));
        goals.put("fillsync1", new Goal(1.1, 1.4));
        goals.put("fillsync8", new Goal(1.5, 3.5));
        goals.put("rmw1", new Goal(1.5, 2.5));
        goals.put("rmw2", new Goal(1.5, 2.5));
        goals.put("rmw8", new Goal(1.5, 2.5));
        goals.put("ycsbA", new Goal(1.5, 2.5));
        goals.put("ycsbF", new Goal(1.5, 2.5));
        goals.put("ycsbB", new Goal(1.5, 2.5));
        goals.put("ycsbC", new Goal(1.5, 2.5));
        goals.put("ycsbD", new Goal(1.5, 2.5));
        goals.put("ycsbE", new Goal(2, 3.5));
        goals.put("batch1000", new Goal(1.5, 2.5));
        return goals;
    }
}
