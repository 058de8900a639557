// SPDX-License-Identifier: Apache-2.0
/**
 * Rank 6: reading. A {@link io.sett.engine.lsm.internal.read.ReadView} is what a reader looks at: the memtables and one
 * version of the tables. {@code PointLookup} asks memtable, older memtables, level 0 from new to old, then one table of
 * each level; {@code MergingCursor} walks all of them in order; {@code SnapshotCursor} shows of it what a reader may
 * see.
 */
@NullMarked
package io.sett.engine.lsm.internal.read;

import org.jspecify.annotations.NullMarked;
