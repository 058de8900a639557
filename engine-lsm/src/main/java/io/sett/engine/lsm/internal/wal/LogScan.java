// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one log. Immutable.
 *
 * @param id number of the file
 * @param path which file
 * @param size its length
 * @param end where the last whole commit ends
 * @param commits number of whole commits
 * @param lastVersion version of the last of them, 0 when there is none
 * @param vouches whether a record of it says that an earlier part, and so every earlier log, was on the device
 * @param damage what stands behind the last whole commit, null when there are only zeros
 */
public record LogScan(long id, Path path, long size, long end, long commits, long lastVersion, boolean vouches,
        @Nullable LogDamage damage) {

    /**
     * Bytes that are no whole commit.
     *
     * @param offset where they begin
     * @param what in words
     * @param complete whether a good header says how long the record is and all of it was written at some time
     * @param unwritten whether a part of it was never written, as a torn write leaves it
     * @param later whether whole records follow
     * @param laterForcedTo the offset up to which a later record vouches for this log, 0 for none
     */
    public record LogDamage(long offset, String what, boolean complete, boolean unwritten, boolean later,
            long laterForcedTo) {
    }
}
