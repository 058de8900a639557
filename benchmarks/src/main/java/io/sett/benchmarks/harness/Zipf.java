// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.harness;

import java.util.SplittableRandom;

/**
 * Numbers of which few are asked for often, as in YCSB (J. Gray et al., "Quickly generating billion-record synthetic
 * databases", SIGMOD 1994), spread over the whole range so that the popular ones are no neighbours.
 */
public final class Zipf {

    private static final double THETA = 0.99;

    private final long count;
    private final double zeta;
    private final double alpha;
    private final double eta;
    private final double second;

    /** Of the numbers below {@code count}. */
    public Zipf(long count) {
        this.count = count;
        zeta = zeta(count);
        alpha = 1 / (1 - THETA);
        second = Math.pow(0.5, THETA);
        eta = (1 - Math.pow(2.0 / count, 1 - THETA)) / (1 - zeta(2) / zeta);
    }

    private static double zeta(long count) {
        double sum = 0;
        for (long i = 1; i <= count; i++) {
            sum += 1 / Math.pow(i, THETA);
        }
        return sum;
    }

    /** How popular the next one is: 0 is asked for most. */
    public long rank(SplittableRandom random) {
        double u = random.nextDouble();
        double uz = u * zeta;
        if (uz < 1) {
            return 0;
        }
        if (uz < 1 + second) {
            return 1;
        }
        return Math.min(count - 1, (long) (count * Math.pow(eta * u - eta + 1, alpha)));
    }

    /** The next number. */
    public long next(SplittableRandom random) {
        return Data.scramble(rank(random), count);
    }
}
