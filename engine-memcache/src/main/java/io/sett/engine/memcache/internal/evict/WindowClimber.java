// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/**
 * Finds the share of the window by hill climbing: goes on in one direction for as long as the hit ratio rises, turns
 * when it falls, with ever smaller steps; a large change of the hit ratio means another workload and large steps again.
 * (G. Einziger, O. Eytan, R. Friedman, B. Manes: "Adaptive Software Cache Management", 2018.) Pure arithmetic.
 */
final class WindowClimber {

    static final double LEAST = 0.01;
    static final double MOST = 0.8;

    private static final double START = 0.05;
    private static final double STEP = 0.03;
    private static final double DECAY = 0.98;
    private static final double ANOTHER_WORKLOAD = 0.05;

    private double share = START;
    private double step = -STEP;
    private double before = Double.NaN;

    /** The part of the entries that the window has, from 0 to 1. */
    double share() {
        return share;
    }

    /** A period is over, with this hit ratio. */
    void observe(double hitRatio) {
        double change = Double.isNaN(before) ? 0 : hitRatio - before;
        double direction = change >= 0 ? step : -step;
        step = Math.abs(change) >= ANOTHER_WORKLOAD ? Math.copySign(STEP, direction) : direction * DECAY;
        before = hitRatio;
        share = Math.max(LEAST, Math.min(MOST, share + direction));
    }
}
