// SPDX-License-Identifier: Apache-2.0
/**
 * The shortest programs: {@link io.sett.examples.quickstart.FirstPut} by the factory of an engine,
 * {@link io.sett.examples.quickstart.Transfer} by the id of one.
 */
@NullMarked
package io.sett.examples.quickstart;

import org.jspecify.annotations.NullMarked;
