// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A snapshot of all numbers of one store, by name. Names are lower case words joined by underscores with the unit last
 * ({@code written_bytes}, {@code flushes_total}); each engine documents its own.
 *
 * @param counters only grow while the store is open
 * @param gauges the state now
 * @param latencies by operation
 */
public record Metrics(Map<String, Long> counters, Map<String, Double> gauges,
        Map<String, LatencySummary> latencies) {

    /** No numbers. */
    public static final Metrics EMPTY = new Metrics(Map.of(), Map.of(), Map.of());

    /** Copies the maps, sorted by name. */
    public Metrics {
        counters = Collections.unmodifiableMap(new TreeMap<>(counters));
        gauges = Collections.unmodifiableMap(new TreeMap<>(gauges));
        latencies = Collections.unmodifiableMap(new TreeMap<>(latencies));
    }

    /** The counter of that name, 0 when the engine has none. */
    public long counter(String name) {
        return counters.getOrDefault(name, 0L);
    }

    /** The gauge of that name, 0 when the engine has none. */
    public double gauge(String name) {
        return gauges.getOrDefault(name, 0.0);
    }
}
