// SPDX-License-Identifier: Apache-2.0
/** The native ordered key-value engine: {@link io.sett.engine.lsm.Lsm} opens a store without configuration. */
@NullMarked
package io.sett.engine.lsm;

import org.jspecify.annotations.NullMarked;
