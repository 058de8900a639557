// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs a history, and reduces it when it fails. */
public final class RandomHistory {

    private static final int MAX_RUNS = 500;

    private RandomHistory() {
    }

    /**
     * Runs a history.
     *
     * @param what the thing under test, for the message
     * @param seed the seed of the history, for the message
     * @param history the operations
     * @param run runs operations on a fresh store and returns what went wrong
     * @throws AssertionError with the seed and the shortest history found that still fails
     */
    public static <O> void check(String what, long seed, List<O> history, Function<List<O>, Optional<Throwable>> run) {
        Optional<Throwable> failure = run.apply(history);
        if (failure.isEmpty()) {
            return;
        }
        List<O> shortest = reduce(history, run);
        Throwable reason = run.apply(shortest).orElse(failure.get());
        throw new AssertionError(what + " differs from its model; repeat it with -Dsett.seed=" + seed
                + "\nreduced from " + history.size() + " to " + shortest.size() + " operations:\n  "
                + shortest.stream().map(String::valueOf).collect(Collectors.joining("\n  "))
                + "\nends with: " + reason, reason);
    }

    /** Drops ever smaller pieces of a failing history as long as the rest still fails. */
    static <O> List<O> reduce(List<O> history, Function<List<O>, Optional<Throwable>> run) {
        List<O> current = new ArrayList<>(history);
        int runs = 0;
        int piece = Math.max(1, current.size() / 2);
        while (piece >= 1 && runs < MAX_RUNS) {
            boolean dropped = false;
            for (int from = 0; from < current.size() && runs < MAX_RUNS;) {
                List<O> rest = new ArrayList<>(current.subList(0, from));
                rest.addAll(current.subList(Math.min(current.size(), from + piece), current.size()));
                runs++;
                if (run.apply(rest).isPresent()) {
                    current = rest;
                    dropped = true;
                } else {
                    from += piece;
                }
            }
            if (piece == 1 && !dropped) {
                break;
            }
            piece = piece == 1 ? 1 : piece / 2;
        }
        return current;
    }
}
