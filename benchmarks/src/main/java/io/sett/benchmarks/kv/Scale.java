// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

/**
 * How large the workloads are: 1 is the size that the page of results uses.
 *
 * @param factor multiplies all counts
 */
record Scale(double factor) {

    int of(int count) {
        return (int) Math.max(1000, Math.round(count * factor));
    }
}
