// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.base.ValuePointer;
import java.util.Map;

/** Parses cells, and the pointers in them, that have passed their checksum. */
final class Cells {

    private Cells() {
    }

    static void parse(ValuePointer pointer, ValueCell cell, long trailer) {
        if (!pointer.parse(cell.array(), cell.payloadOffset(), cell.payloadLength())) {
            throw new CorruptionException(ErrorCode.CORRUPTION, "the value written by version "
                    + InternalKey.version(trailer) + " has a malformed pointer of " + cell.payloadLength()
                    + " bytes although its checksum is right; verify the store",
                    Map.of("version", InternalKey.version(trailer), "length", cell.payloadLength()));
        }
    }

    static void parse(ValueCell cell, byte[] array, int offset, int length, long trailer) {
        if (!cell.parse(array, offset, length)) {
            throw new CorruptionException(ErrorCode.CORRUPTION, "the value written by version "
                    + InternalKey.version(trailer) + " has a malformed header of " + length
                    + " bytes although its checksum is right; verify the store",
                    Map.of("version", InternalKey.version(trailer), "length", length));
        }
    }
}
