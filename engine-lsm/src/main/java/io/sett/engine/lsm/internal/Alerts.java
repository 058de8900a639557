// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.event.EventType;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares numbers with thresholds. An alert is raised once and cleared once, when the number is back on the good side
 * by a twentieth. One thread at a time.
 */
final class Alerts {

    private static final double MARGIN = 0.05;

    private final StoreEvents events;
    private final Set<String> raised = new HashSet<>();

    Alerts(StoreEvents events) {
        this.events = events;
    }

    /** A number that should stay below the threshold. */
    void most(String metric, double value, double threshold) {
        judge(metric, value, threshold, value >= threshold, value < threshold * (1 - MARGIN));
    }

    /** A number that should not fall below the threshold. */
    void least(String metric, double value, double threshold) {
        judge(metric, value, threshold, value < threshold, value >= threshold * (1 + MARGIN));
    }

    private void judge(String metric, double value, double threshold, boolean bad, boolean good) {
        if (bad && raised.add(metric)) {
            tell(EventType.ALERT_RAISED, metric, value, threshold, "is beyond its threshold");
        } else if (good && raised.remove(metric)) {
            tell(EventType.ALERT_CLEARED, metric, value, threshold, "is back within its threshold");
        }
    }

    private void tell(EventType type, String metric, double value, double threshold, String what) {
        events.tell(type, metric + " " + what + ": " + value + " against " + threshold, Map.of("metric", metric,
                "value", value, "threshold", threshold, "code", metric.toUpperCase(Locale.ROOT)));
    }
}
