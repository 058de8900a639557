// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.harness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/** Medians, which an outlier does not move. */
public final class Medians {

    private Medians() {
    }

    /** The middle one, or the mean of the two in the middle; 0 of none. */
    public static double of(Collection<Double> values) {
        if (values.isEmpty()) {
            return 0;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Of one figure over the rounds. */
    public static double of(SortedMap<Integer, Measurement> rounds, String figure) {
        return of(rounds.values().stream().map(one -> one.figure(figure)).toList());
    }

    /** The median over the rounds of the ratio of one figure, ours to theirs; 0 without a common round. */
    public static double ratio(SortedMap<Integer, Measurement> ours, SortedMap<Integer, Measurement> theirs,
            String figure) {
        return of(ratios(ours, theirs, figure));
    }

    /** The ratios, round by round. */
    public static List<Double> ratios(SortedMap<Integer, Measurement> ours, SortedMap<Integer, Measurement> theirs,
            String figure) {
        List<Double> ratios = new ArrayList<>();
        ours.forEach((round, one) -> {
            Measurement other = theirs.get(round);
            if (other != null && other.figure(figure) != 0) {
                ratios.add(one.figure(figure) / other.figure(figure));
            }
        });
        return ratios;
    }
}
