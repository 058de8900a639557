// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

/**
 * The sums of one level, for policies and statistics.
 *
 * @param level number of the level
 * @param files number of tables
 * @param bytes size of all tables
 * @param entries entries in all tables
 * @param tombstones deletions in all tables
 */
public record LevelState(int level, int files, long bytes, long entries, long tombstones) {
}
