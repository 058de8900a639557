// SPDX-License-Identifier: Apache-2.0
/**
 * Workloads against peers. {@link io.sett.benchmarks.Compare} starts {@link io.sett.benchmarks.Run} in a JVM of its own for
 * each peer, in rounds A B A B, and prints medians of ratios.
 */
package io.sett.benchmarks;
