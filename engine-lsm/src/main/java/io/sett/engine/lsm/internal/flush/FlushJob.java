// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.flush;

import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.base.Retention;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.VersionEdit;

/**
 * Writes one memtable, to which nothing is added any more, into tables of level 0. Versions that no reader can see any
 * more are left out; deletions stay, since older tables may have their keys.
 *
 * <p>One use, one thread. When it fails it has deleted what it wrote, and a new job may try again.
 */
public final class FlushJob {

    private final Memtable memtable;
    private final TableSequence.Place place;
    private final long oldestReader;

    /**
     * A job.
     *
     * @param oldestReader no reader, now or later, reads with a lower version; 0 keeps every version
     */
    public FlushJob(Memtable memtable, TableSequence.Place place, long oldestReader) {
        this.memtable = memtable;
        this.place = place;
        this.oldestReader = oldestReader;
    }

    /**
     * Writes the tables and says what becomes of the version: tables are added, and all commits of the memtable are in
     * tables. The log to be dropped is the caller's to add. Without entries the edit adds no table.
     */
    public VersionEdit run() {
        // An entry that has expired shrinks to a deletion when tables are compacted, where the clock is at hand.
        RangeDeletions deletions = RangeDeletions.merge(memtable.rangeDeletions());
        Retention retention = new Retention(oldestReader, 1, 0, Retention.Deeper.UNKNOWN, deletions);
        VersionEdit.Builder edit = VersionEdit.builder().flushedVersion(memtable.maxVersion());
        try (TableSequence tables = new TableSequence(place); InternalCursor cursor = memtable.cursor()) {
            tables.deletions(deletions.forReaders(oldestReader, RangeDeletions.Older.ANYWHERE));
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                switch (retention.decide(cursor)) {
                    case KEEP -> tables.add(cursor);
                    case DELETE -> tables.addEmpty(cursor,
                            InternalKey.trailer(InternalKey.version(cursor.trailer()), EntryKind.DELETE));
                    case DROP -> { }
                }
            }
            for (TableSequence.Output output : tables.finish()) {
                edit.addFile(FileMetadata.of(output, 0));
            }
        }
        return edit.build();
    }
}
