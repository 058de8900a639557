// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.error.StorageException;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.table.ValueReferences;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks the value log while a table is checked: each value that it points to, and that it says rightly how much it points
 * to. For one table; one thread.
 */
final class ValueLogCheck {

    private final ValueLog values;
    private final List<String> problems;
    private final ValuePointer pointer = new ValuePointer();
    private final ValueReferences.Counter counted = new ValueReferences.Counter();
    private byte[] room = new byte[1024];

    ValueLogCheck(ValueLog values, List<String> problems) {
        this.values = values;
        this.problems = problems;
    }

    /** The entry on which the cursor stands, whose cell has been parsed. */
    void check(Path table, InternalCursor entry, ValueCell cell) {
        if (InternalKey.kind(entry.trailer()) != EntryKind.PUT_POINTER) {
            return;
        }
        if (!pointer.parse(cell.array(), cell.payloadOffset(), cell.payloadLength())) {
            problems.add(table + " has a malformed pointer: " + InternalKey.describe(entry.internalKey()));
            return;
        }
        counted.add(pointer);
        if (room.length < pointer.storedLength()) {
            room = new byte[pointer.storedLength()];
        }
        try {
            values.readStored(pointer, room);
        } catch (StorageException e) {
            problems.add(e.getMessage() + " (" + InternalKey.describe(entry.internalKey()) + " of " + table + ")");
        }
    }

    /** A table was read to its end. */
    void end(Path table, FileMetadata file) {
        ValueReferences found = counted.toReferences();
        if (!found.equals(file.references())) {
            problems.add(table + " refers to " + found + ", the manifest says " + file.references());
        }
    }
}
