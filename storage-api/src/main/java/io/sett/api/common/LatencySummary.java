// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import java.time.Duration;

/**
 * Latencies of one kind of operation since the store was opened.
 *
 * @param samples how many operations were measured (a store may measure a sample only)
 * @param p50 half of them took at most this long
 * @param p99 99 of 100 took at most this long
 * @param p999 999 of 1000 took at most this long
 * @param max the longest one
 */
public record LatencySummary(long samples, Duration p50, Duration p99, Duration p999, Duration max) {

    /** Nothing measured. */
    public static final LatencySummary EMPTY =
            new LatencySummary(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
