// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.version.SegmentMetadata;
import java.util.List;

/**
 * Moves values out of files that are to be emptied, while the tables that refer to them are written anew. One thread.
 */
public interface ValueMover {

    /**
     * Moves the value of the entry on which the cursor stands, if it lies in one of these files; else answers false.
     */
    boolean move(InternalCursor entry);

    /**
     * The cell that points to the value that was just moved; valid up to {@link #cellLength} and until the next move.
     */
    byte[] cell();

    /** Length of the new cell. */
    int cellLength();

    /** Makes all that was moved durable and says which files have it. */
    List<SegmentMetadata> settle();
}
