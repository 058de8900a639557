// SPDX-License-Identifier: Apache-2.0
/**
 * Random histories: the same operations on a store and on a model that is right by inspection, every answer compared.
 * A failure names its seed ({@code -Dsett.seed=…} repeats it) and shows the shortest history that still fails.
 *
 * <p>Operations refer to keys and slots by number and do nothing where a slot is empty, so that any part of a history
 * is a history again: that is what makes reducing one possible (A. Zeller, R. Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input", 2002).
 */
@NullMarked
package io.sett.testkit.model;

import org.jspecify.annotations.NullMarked;
