// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.EntryRef;
import io.sett.engine.lsm.internal.base.Hash64;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.base.ValuePointer;
import java.time.Clock;

/**
 * Finds the newest entry of one key that a reader may see. Memtable, older memtables, level 0 from new to old, then the
 * one table of each deeper level that may have the key; the first answer is the newest, since data only ever moves
 * down.
 *
 * <p>Any number of threads. The caller holds the view.
 */
public final class PointLookup {

    private final ReadStats stats;

    /** A lookup that counts its steps there. */
    public PointLookup(ReadStats stats) {
        this.stats = stats;
    }

    /**
     * Finds the newest entry, deletions included, whose version is not above the snapshot. An entry that the deletion
     * of a range hides is found as a deletion of its key.
     *
     * @return whether there is one; the result then points at it
     */
    public boolean find(ReadView view, byte[] key, int offset, int length, long snapshot, EntryRef result) {
        if (!locate(view, key, offset, length, snapshot, result)) {
            return false;
        }
        if (view.deletesRanges()) {
            long deletion = view.newestRangeDeletion(key, offset, length, snapshot);
            if (deletion > result.version()) {
                result.set(Bytes.EMPTY, 0, 0, InternalKey.trailer(deletion, EntryKind.DELETE));
            }
        }
        return true;
    }

    private boolean locate(ReadView view, byte[] key, int offset, int length, long snapshot, EntryRef result) {
        long trailer = InternalKey.seekTrailer(snapshot);
        long hash = Hash64.of(key, offset, length);
        if (view.active().get(key, offset, length, hash, trailer, result)) {
            stats.memtable();
            return true;
        }
        for (int i = 0; i < view.immutableCount(); i++) {
            if (view.immutable(i).get(key, offset, length, hash, trailer, result)) {
                stats.immutable();
                return true;
            }
        }
        if (findInLevel0(view.level(0), key, offset, length, trailer, hash, result)) {
            stats.level(0);
            return true;
        }
        for (int level = 1; level < Limits.LEVELS; level++) {
            LevelTables tables = view.level(level);
            int index = tables.count() == 0 ? 0 : tables.ceiling(key, offset, length);
            if (index < tables.count() && tables.begins(index, key, offset, length)
                    && tables.reader(index).get(key, offset, length, trailer, hash, result)) {
                stats.level(level);
                return true;
            }
        }
        stats.miss();
        return false;
    }

    /** Level 0 is sorted by highest version, so the search ends when what is left cannot be newer. */
    private static boolean findInLevel0(LevelTables tables, byte[] key, int offset, int length, long trailer, long hash,
            EntryRef result) {
        boolean found = false;
        EntryRef candidate = result;
        for (int i = 0; i < tables.count(); i++) {
            if (found && tables.file(i).maxVersion() <= result.version()) {
                break;
            }
            if (tables.mayContain(i, key, offset, length)
                    && tables.reader(i).get(key, offset, length, trailer, hash, candidate)) {
                if (found && candidate.version() > result.version()) {
                    result.set(candidate.cellArray(), candidate.cellOffset(), candidate.cellLength(),
                            candidate.trailer());
                }
                if (!found) {
                    found = true;
                    candidate = tables.count() > i + 1 && tables.file(i + 1).maxVersion() > result.version()
                            ? new EntryRef() : result;
                }
            }
        }
        return found;
    }

    /**
     * Finds the value that a reader sees: not deleted, not expired.
     *
     * @param clock asked only about an entry that expires
     * @param entry then points at the entry
     * @param cell then shows the value, or where it lies when the entry is a {@link EntryKind#PUT_POINTER}
     */
    public boolean value(ReadView view, byte[] key, int offset, int length, long snapshot, Clock clock, EntryRef entry,
            ValueCell cell) {
        return find(view, key, offset, length, snapshot, entry) && entry.kind() != EntryKind.DELETE
                && parse(entry, cell) && (cell.expiresAt() == 0 || !cell.isExpired(clock.millis()));
    }

    /** Where the value of an entry lies that {@link #value} found and that is stored apart. */
    public static ValuePointer pointer(EntryRef entry, ValueCell cell) {
        ValuePointer pointer = new ValuePointer();
        Cells.parse(pointer, cell, entry.trailer());
        return pointer;
    }

    private static boolean parse(EntryRef entry, ValueCell cell) {
        Cells.parse(cell, entry.cellArray(), entry.cellOffset(), entry.cellLength(), entry.trailer());
        return true;
    }
}
