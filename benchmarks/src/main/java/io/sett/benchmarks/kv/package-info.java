// SPDX-License-Identifier: Apache-2.0
/**
 * The key-value comparison. {@link io.sett.benchmarks.kv.Compare} is the program: for each workload and round it starts
 * {@link io.sett.benchmarks.kv.Run} once for each peer, keeps the raw lines, and lets
 * {@link io.sett.benchmarks.kv.Report} write the tables and charts.
 */
package io.sett.benchmarks.kv;
