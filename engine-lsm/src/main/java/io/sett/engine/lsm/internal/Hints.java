// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Metrics;
import java.util.ArrayList;
import java.util.List;

/** What the numbers of a store suggest to change. Pure. */
final class Hints {

    private static final long ENOUGH = 10_000;
    private static final double FALSE_POSITIVES_OVER_TARGET = 3;
    private static final double LOW_HIT_RATE = 0.5;
    private static final double MANY_RUNS = 15;
    private static final double MUCH_GARBAGE = 1.5;
    private static final long LONG_STALL_MILLIS = 1000;

    private Hints() {
    }

    /** Sentences, none when nothing stands out. */
    static List<String> of(Metrics metrics, double falsePositives) {
        List<String> hints = new ArrayList<>();
        if (metrics.counter("filter_checks_total") > ENOUGH
                && metrics.gauge("filter_false_positive_rate") > falsePositives * FALSE_POSITIVES_OVER_TARGET) {
            hints.add("filters say yes too often (" + metrics.gauge("filter_false_positive_rate")
                    + "): many tables may have been written with a higher filter_false_positives; compact them");
        }
        if (metrics.counter("cache_misses_total") > ENOUGH && metrics.gauge("cache_hit_rate") < LOW_HIT_RATE) {
            hints.add("fewer than half of the blocks are found in memory: a larger block_cache_size would help");
        }
        if (metrics.gauge("sorted_runs") > MANY_RUNS) {
            hints.add("reads look in up to " + (long) metrics.gauge("sorted_runs")
                    + " places: compaction is behind; more num_compaction_workers, or call compact");
        }
        if (metrics.gauge("space_amplification") > MUCH_GARBAGE) {
            hints.add("much is stored that the deepest level does not have: compact, or look for old snapshots (oldest "
                    + "reader is " + (long) metrics.gauge("oldest_reader_lag_versions") + " versions behind)");
        }
        if (metrics.counter("write_stall_time_ms") > LONG_STALL_MILLIS) {
            hints.add("writers waited " + metrics.counter("write_stall_time_ms") + " ms: a larger mem_table_size or "
                    + "more num_compaction_workers would help");
        }
        return hints;
    }
}
