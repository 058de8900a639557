// SPDX-License-Identifier: Apache-2.0
/** Rank 7: from a memtable to tables of level 0. */
@NullMarked
package io.sett.engine.lsm.internal.flush;

import org.jspecify.annotations.NullMarked;
