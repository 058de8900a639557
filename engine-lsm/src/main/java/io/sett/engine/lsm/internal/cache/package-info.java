// SPDX-License-Identifier: Apache-2.0
/** Rank 3: blocks of tables in memory, by bytes, resistant to scans. */
@NullMarked
package io.sett.engine.lsm.internal.cache;

import org.jspecify.annotations.NullMarked;
