// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

import io.sett.engine.lsm.internal.io.FileNames;
import java.nio.file.Path;

/**
 * What the manifest knows of one file of the value log to which nothing is added any more, or of which a part is
 * complete. Immutable. How much of it is alive is not here: that is the sum of what the tables refer to.
 *
 * @param id number of the file, unique in the store
 * @param size bytes that count; what lies behind them was never referred to
 * @param isLog whether it is a write-ahead log that has outlived its memtable; else garbage collection has written it
 * @param createdMillis when it was recorded, milliseconds since 1970
 */
public record SegmentMetadata(long id, long size, boolean isLog, long createdMillis) {

    /** Where it is. */
    public Path path(Path directory) {
        return isLog ? FileNames.wal(directory, id) : FileNames.valueLog(directory, id);
    }

    @Override
    public String toString() {
        return "value-log file " + id + " (" + size + " bytes)";
    }
}
