// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.ingest;

import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;

/**
 * Chooses the level of a table whose entries are newer than all others: the deepest one such that neither it nor a
 * level above has a table with keys of its range. A pure function.
 */
public final class IngestPlacement {

    private IngestPlacement() {
    }

    /** The level for a table with these first and last internal keys. */
    public static int level(Version version, byte[] smallest, byte[] largest) {
        for (int level = 0; level < Version.LEVELS; level++) {
            for (FileMetadata file : version.files(level)) {
                if (InternalKey.compareUserKeys(file.smallest(), largest) <= 0
                        && InternalKey.compareUserKeys(smallest, file.largest()) <= 0) {
                    return Math.max(0, level - 1);
                }
            }
        }
        return Version.LEVELS - 1;
    }
}
