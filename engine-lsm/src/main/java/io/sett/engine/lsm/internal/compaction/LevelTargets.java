// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.version.Version;

/**
 * How large each level should be, from the size of the last one upwards, so that levels above it never hold more than a
 * fixed share of the data: the dynamic level sizes of RocksDB (Dong et al., "Optimizing space amplification in
 * RocksDB", CIDR 2017), in the form that Badger gives them.
 *
 * @param baseLevel the level into which level 0 is compacted
 * @param sizes bytes that each level should have at most; that of level 0 is not used
 * @param tableSizes bytes at which a table in that level is ended
 */
record LevelTargets(int baseLevel, long[] sizes, long[] tableSizes) {

    static LevelTargets of(Version version, CompactionOptions options) {
        int last = Version.LEVELS - 1;
        long[] sizes = new long[Version.LEVELS];
        int base = 0;
        long size = version.state(last).bytes();
        for (int level = last; level > 0; level--) {
            sizes[level] = Math.max(size, options.baseLevelSize());
            if (base == 0 && sizes[level] <= options.baseLevelSize()) {
                base = level;
            }
            size /= options.levelSizeMultiplier();
        }
        base = Math.max(1, base);
        long[] tableSizes = tableSizes(base, options);
        // Empty levels between the base level and the data are of no use: begin right above the data.
        for (int level = base + 1; level < last && version.state(level).bytes() == 0; level++) {
            base = level;
        }
        if (base < last && version.state(base).bytes() == 0 && version.state(base + 1).bytes() < sizes[base + 1]) {
            base++;
        }
        return new LevelTargets(base, sizes, tableSizes);
    }

    private static long[] tableSizes(int base, CompactionOptions options) {
        long[] sizes = new long[Version.LEVELS];
        long size = options.baseTableSize();
        for (int level = 0; level < sizes.length; level++) {
            if (level > base) {
                size *= options.tableSizeMultiplier();
            }
            sizes[level] = size;
        }
        return sizes;
    }
}
