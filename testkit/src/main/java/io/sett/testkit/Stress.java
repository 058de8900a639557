// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import java.util.random.RandomGenerator;

/**
 * How long random tests run and with which seeds: {@code -Dsett.stress=true} takes the long form,
 * {@code -Dsett.seed=<number>} repeats the run whose seed a failure printed.
 */
public final class Stress {

    private Stress() {
    }

    /** Whether the long form is asked for. */
    public static boolean isLong() {
        return Boolean.getBoolean("sett.stress");
    }

    /** The number of repetitions in the short or in the long form. */
    public static int times(int shortForm, int longForm) {
        return isLong() ? longForm : shortForm;
    }

    /** Whether one run is to be repeated. */
    public static boolean isReplay() {
        return Long.getLong("sett.seed") != null;
    }

    /** The seed given, or a new one. */
    public static long seed() {
        Long given = Long.getLong("sett.seed");
        return given != null ? given : RandomGenerator.getDefault().nextLong();
    }
}
