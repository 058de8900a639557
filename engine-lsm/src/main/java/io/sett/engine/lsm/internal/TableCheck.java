// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.error.StorageException;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.table.TableReader;
import io.sett.engine.lsm.internal.version.FileMetadata;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks one table against what the manifest says about it: presence, size, header and footer; deeply also every block,
 * order, bounds, counts, cells, and the values that it points to. For one thread.
 */
final class TableCheck {

    private final OpenStore open;
    private final FileMetadata file;
    private final Path path;
    private final List<String> problems;
    private final ValueCell cell = new ValueCell();
    private final ValueLogCheck values;
    private long entries;
    private long bytes;

    TableCheck(OpenStore open, FileMetadata file, List<String> problems) {
        this.open = open;
        this.file = file;
        this.path = FileNames.table(open.config().directory(), file.id());
        this.problems = problems;
        this.values = new ValueLogCheck(open.values(), problems);
    }

    /** Returns the bytes that were read. */
    long run(boolean deep) {
        try {
            if (!StoreDirectory.exists(path)) {
                problems.add(path + " is missing: " + file);
                return 0;
            }
            long size = StoreDirectory.size(path);
            if (size != file.size()) {
                problems.add(path + " has " + size + " bytes and should have " + file.size());
                return 0;
            }
            TableReader table = open.tables().get(file.id());
            long told = table.properties().entries();
            if (told != file.entries()) {
                problems.add(path + " says it has " + told + " entries, the manifest says " + file.entries());
            }
            if (deep) {
                bytes += size;
                readAll(table);
            }
        } catch (StorageException e) {
            problems.add(e.getMessage() + " (" + file + ")");
        }
        return bytes;
    }

    private void readAll(TableReader table) {
        byte[] first = null;
        byte[] last = null;
        try (InternalCursor cursor = table.cursor(false)) {
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                byte[] key = cursor.internalKey();
                if (last != null && InternalKey.compare(last, key) >= 0) {
                    problems.add(path + ": entry " + entries + " is out of order: " + InternalKey.describe(key));
                    return;
                }
                checkEntry(cursor, key);
                first = first == null ? key : first;
                last = key;
                entries++;
            }
        }
        checkBounds(first, last);
        long ranges = file.rangeDeletions() == 0 ? 0 : table.rangeDeletions().count();
        if (ranges != file.rangeDeletions()) {
            problems.add(path + " has " + ranges + " deleted ranges, the manifest says " + file.rangeDeletions());
        }
        if (entries != file.entries()) {
            problems.add(path + " has " + entries + " entries, the manifest says " + file.entries());
        }
        values.end(path, file);
    }

    private void checkEntry(InternalCursor cursor, byte[] key) {
        int kind = InternalKey.kind(cursor.trailer());
        if (!EntryKind.isKnown(kind) || !cell.parse(cursor.cellArray(), cursor.cellOffset(), cursor.cellLength())) {
            problems.add(path + ": entry " + entries + " is malformed: " + InternalKey.describe(key));
            return;
        }
        values.check(path, cursor, cell);
    }

    private void checkBounds(byte @Nullable [] first, byte @Nullable [] last) {
        boolean ranges = file.rangeDeletions() > 0;
        if (first != null && !Arrays.equals(first, file.smallest())
                && (!ranges || InternalKey.compareUserKeys(first, file.smallest()) < 0)) {
            problems.add(path + " begins with " + InternalKey.describe(first) + ", the manifest says "
                    + InternalKey.describe(file.smallest()));
        }
        if (last != null && !Arrays.equals(last, file.largest())
                && (!ranges || InternalKey.compareUserKeys(last, file.largest()) > 0)) {
            problems.add(path + " ends with " + InternalKey.describe(last) + ", the manifest says "
                    + InternalKey.describe(file.largest()));
        }
    }
}
