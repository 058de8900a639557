// SPDX-License-Identifier: Apache-2.0
/**
 * What every comparison needs, whatever kind of store it measures: a process for each measurement
 * ({@link io.sett.benchmarks.harness.ForkedJvm}), meters, files of raw results that let an interrupted run go on,
 * medians, and the parts of a report that writes them into a page.
 */
package io.sett.benchmarks.harness;
