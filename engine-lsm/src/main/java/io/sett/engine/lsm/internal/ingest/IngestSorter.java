// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.ingest;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryRef;
import io.sett.engine.lsm.internal.base.Hash64;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.read.MergingCursor;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.spi.log.Loggers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;

/**
 * Sorts entries that come in any order; of those with one key the last one counts. A memtable sorts, and goes into a
 * temporary table when it is full; a cursor over all of them, in which the order of arrival is the version, gives the
 * entries back. One thread at a time; closing deletes the temporary tables.
 */
public final class IngestSorter implements AutoCloseable {

    private static final Logger LOG = Loggers.of(IngestSorter.class);
    /** Runs are not too small whatever memory is allowed. */
    private static final long LEAST_MEMORY = 128 << 10;

    private final TableSequence.Place place;
    private final TableCache tables;
    private final long memory;
    private final List<Long> runs = new ArrayList<>();
    private Memtable buffer = new Memtable(0);
    private long arrived;

    /**
     * An empty sorter.
     *
     * @param place where runs go
     * @param tables through which they are read
     * @param memory bytes of the buffer
     */
    public IngestSorter(TableSequence.Place place, TableCache tables, long memory) {
        this.place = new TableSequence.Place(place.directory(), place.storeId(), place.fileIds(), place.options(),
                Long.MAX_VALUE, place.millis());
        this.tables = tables;
        this.memory = Math.max(LEAST_MEMORY, memory);
    }

    /** Adds an entry. */
    public void add(int kind, byte[] key, byte[] cell, int cellOffset, int cellLength) {
        buffer.add(key, 0, key.length, InternalKey.trailer(++arrived, kind), cell, cellOffset, cellLength);
        if (buffer.bytes() >= memory) {
            spill();
        }
    }

    /** Entries added, those that later ones replaced included. */
    public long arrived() {
        return arrived;
    }

    /** How many temporary tables there are. */
    public int runs() {
        return runs.size();
    }

    private void spill() {
        try (TableSequence run = TableSequence.temporary(place); InternalCursor cursor = buffer.cursor()) {
            boolean more = cursor.first();
            while (more) {
                run.add(cursor);
                more = nextKey(cursor);
            }
            run.finish().forEach(output -> runs.add(output.id()));
        }
        buffer = new Memtable(0, buffer.commonPrefix());
    }

    /** To the newest entry of the next key. */
    private static boolean nextKey(InternalCursor cursor) {
        byte[] key = cursor.keyArray();
        int offset = cursor.keyOffset();
        int length = cursor.keyLength();
        byte[] copy = Arrays.copyOfRange(key, offset, offset + length);
        boolean more = cursor.next();
        while (more && Bytes.equal(copy, 0, length, cursor.keyArray(), cursor.keyOffset(), cursor.keyLength())) {
            more = cursor.next();
        }
        return more;
    }

    /**
     * Finds the entry of a key that arrived last.
     *
     * @return whether there is one; the result then points at it
     */
    public boolean find(byte[] key, EntryRef result) {
        if (buffer.get(key, 0, key.length, InternalKey.FIRST_TRAILER, result)) {
            return true;
        }
        long hash = Hash64.of(key, 0, key.length);
        for (int i = runs.size() - 1; i >= 0; i--) {
            if (tables.get(runs.get(i)).get(key, 0, key.length, InternalKey.FIRST_TRAILER, hash, result)) {
                return true;
            }
        }
        return false;
    }

    /** All entries, newest arrival of a key first; to be closed. What is added later may or may not show. */
    public InternalCursor cursor() {
        List<InternalCursor> sources = new ArrayList<>();
        sources.add(buffer.cursor());
        for (long run : runs) {
            sources.add(tables.get(run).cursor(false));
        }
        return sources.size() == 1 ? sources.get(0) : new MergingCursor(sources);
    }

    /** Called for each entry that is written; ends the work by throwing. */
    @FunctionalInterface
    public interface Step {

        /** One more. */
        void written();
    }

    /** Writes the last entry of each key. */
    public void drainTo(IngestTables target, Step step) {
        try (InternalCursor cursor = cursor()) {
            boolean more = cursor.first();
            while (more) {
                target.add(InternalKey.kind(cursor.trailer()), cursor.keyArray(), cursor.keyOffset(),
                        cursor.keyLength(), cursor.cellArray(), cursor.cellOffset(), cursor.cellLength());
                step.written();
                more = nextKey(cursor);
            }
        }
    }

    @Override
    public void close() {
        buffer = new Memtable(0);
        for (long run : runs) {
            tables.evict(run);
            try {
                StoreDirectory.delete(FileNames.table(place.directory(), run));
            } catch (RuntimeException e) {
                LOG.warn("temporary table {} could not be deleted, the next open will do it: {}", run, e.toString());
            }
        }
        runs.clear();
    }
}
