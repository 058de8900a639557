// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

/**
 * The shape of the levels.
 *
 * @param level0Tables tables in level 0 from which on they are compacted
 * @param baseLevelSize bytes that the first used level below 0 may have at least
 * @param levelSizeMultiplier how many times larger each level is than the one above
 * @param baseTableSize bytes of a table in the base level
 * @param tableSizeMultiplier how many times larger tables are in each level below the base level
 * @param tombstoneShare share of deletions from which on a table is compacted for their sake alone
 */
public record CompactionOptions(int level0Tables, long baseLevelSize, int levelSizeMultiplier, long baseTableSize,
        int tableSizeMultiplier, double tombstoneShare) {

    /** The documented defaults: 5 tables, 10 MiB, 10 times, 2 MiB, twice, half. */
    public static final CompactionOptions DEFAULTS = new CompactionOptions(5, 10L << 20, 10, 2L << 20, 2, 0.5);

    /** Checks the numbers. */
    public CompactionOptions {
        if (level0Tables < 1 || baseLevelSize < 1 || levelSizeMultiplier < 2 || baseTableSize < 1
                || tableSizeMultiplier < 1 || tombstoneShare <= 0) {
            throw new IllegalArgumentException("level0Tables " + level0Tables + ", baseLevelSize " + baseLevelSize
                    + ", levelSizeMultiplier " + levelSizeMultiplier + ", baseTableSize " + baseTableSize
                    + ", tableSizeMultiplier " + tableSizeMultiplier + ", tombstoneShare " + tombstoneShare);
        }
    }
}
