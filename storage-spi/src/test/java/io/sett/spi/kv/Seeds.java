// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

/** Seeds of random tests: printed, and replayed with {@code -Dsett.seed=<number>}. */
final class Seeds {

    private Seeds() {
    }

    static long next(String test) {
        long seed = Long.getLong("sett.seed", System.nanoTime());
        System.out.println(test + ": -Dsett.seed=" + seed);
        return seed;
    }
}
