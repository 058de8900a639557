// SPDX-License-Identifier: Apache-2.0
/**
 * Micro-benchmarks of the inner loops: {@code benchmarks/micro} runs them, {@code benchmarks/micro Codec} those whose
 * names match. What the engine does not even show its own packages is measured from within the package.
 */
package io.sett.benchmarks.jmh;
