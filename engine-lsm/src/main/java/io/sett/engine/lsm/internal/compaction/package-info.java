// SPDX-License-Identifier: Apache-2.0
/**
 * Rank 7: moves data down the levels and drops what nobody needs. {@code LeveledPolicy} chooses, as a pure function of
 * the version and of what is already running; {@code CompactionJob} does one compaction; {@code CompactionScheduler}
 * runs them in threads, keeps them apart, and decides what happens after failures.
 */
@NullMarked
package io.sett.engine.lsm.internal.compaction;

import org.jspecify.annotations.NullMarked;
