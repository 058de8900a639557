// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Metrics;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintsTest {

    /** A counter or gauge beside good numbers, and what the hint speaks of. */
    @ParameterizedTest
    @CsvSource({
        "filter_false_positive_rate, 0.02, ''",
        "filter_false_positive_rate, 0.2,  filter_false_positives",
        "cache_hit_rate,             0.2,  block_cache_size",
        "sorted_runs,                16,   num_compaction_workers",
        "space_amplification,        2.0,  old snapshots",
        "write_stall_time_ms,        2000, mem_table_size",
    })
    void whatStandsOutIsNamed(String name, double value, String word) {
        Map<String, Double> gauges = new HashMap<>(Map.of("cache_hit_rate", 0.9, "space_amplification", 1.1));
        Map<String, Long> counters = new HashMap<>(Map.of("filter_checks_total", 20_000L,
                "cache_misses_total", 20_000L));
        if (name.endsWith("_ms")) {
            counters.put(name, (long) value);
        } else {
            gauges.put(name, value);
        }
        var hints = Hints.of(new Metrics(counters, gauges, Map.of()), 0.01);
        if (word.isEmpty()) {
            assertThat(hints).isEmpty();
        } else {
            assertThat(hints).singleElement().asString().contains(word);
        }
    }
}
