// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.error.StorageException;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.commit.CommitPipeline;
import io.sett.engine.lsm.internal.commit.PendingCommit;
import io.sett.engine.lsm.internal.compaction.CompactionScheduler;
import io.sett.engine.lsm.internal.ingest.IngestPlacement;
import io.sett.engine.lsm.internal.ingest.IngestSorter;
import io.sett.engine.lsm.internal.ingest.IngestTables;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.read.ReadView;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.txn.Oracle;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.version.VersionEdit;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.wal.LogBatch;
import io.sett.spi.kv.CommitRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Commits tables that were written past the log. The commit has a version like every other one and an empty record in
 * the log, so that versions follow each other; what makes its entries count is one edit of the manifest, forced after
 * that record. A crash in between leaves a commit without entries.
 *
 * <p>Data only ever moves down, so memtables with keys of the tables are flushed before. No compaction runs while the
 * tables are placed. Any thread.
 */
final class Ingestion {

    /** Bytes of a table that is loaded: large ones, since they go to the deepest level. */
    private static final long TABLE_BYTES = 64L << 20;
    /** Views up to this memtable are as they were. */
    private static final long NO_MEMTABLE = -1;

    /** What it works on. */
    record Parts(OpenFlag open, StoreHealth health, CommitWork work, CommitPipeline pipeline, Flusher flusher,
            CompactionScheduler compaction, VersionSet versions, Views views, Oracle oracle, TableCache tables,
            TableSequence.Place place) {
    }

    private final Parts parts;
    private final TableSequence.Place place;

    Ingestion(Parts parts) {
        this.parts = parts;
        TableSequence.Place given = parts.place();
        this.place = new TableSequence.Place(given.directory(), given.storeId(), given.fileIds(), given.options(),
                Math.max(TABLE_BYTES, given.targetSize()), given.millis());
    }

    /** Tables to fill. */
    IngestTables tables() {
        return new IngestTables(place);
    }

    /** A sorter with that many bytes of memory. */
    IngestSorter sorter(long memory) {
        return new IngestSorter(place, parts.tables(), memory);
    }

    /**
     * Makes tables part of the store, durably.
     *
     * @param tables at least one
     * @param request what the commit reads and writes, for conflicts
     * @return the version of all their entries
     */
    long install(IngestTables tables, CommitRequest request) {
        tables.seal();
        parts.health().checkWritable();
        if (overlapsMemtables(tables.spans())) {
            parts.pipeline().exclusively(parts.work()::rotate);
            flushMemtables();
        }
        long[] version = new long[1];
        parts.work().holdCompaction(true);
        try {
            parts.compaction().alone(() -> parts.pipeline().exclusively(() ->
                    version[0] = installNow(tables, request)));
        } finally {
            parts.work().holdCompaction(false);
        }
        return version[0];
    }

    /** As the leader of the pipeline, while no compaction runs. */
    private long installNow(IngestTables tables, CommitRequest request) {
        parts.open().check();
        parts.health().checkWritable();
        if (overlapsMemtables(tables.spans())) {
            parts.work().rotate();
            flushMemtables();
        }
        long version = parts.oracle().visible() + 1;
        PendingCommit commit = PendingCommit.waiting(request, new LogBatch(0), true);
        StorageException refusal = parts.work().admit(commit, version);
        if (refusal != null) {
            throw refusal;
        }
        List<TableSequence.Output> outputs = tables.finish(version);
        parts.work().log(List.of(commit), version, true);
        parts.work().note(version);
        try {
            parts.versions().apply(edit(outputs));
            tables.keep();
            parts.views().refresh(NO_MEMTABLE);
        } finally {
            parts.work().publish(version);
        }
        return version;
    }

    private VersionEdit edit(List<TableSequence.Output> outputs) {
        VersionEdit.Builder edit = VersionEdit.builder();
        Version now = parts.versions().acquire();
        try {
            for (TableSequence.Output output : outputs) {
                FileMetadata file = FileMetadata.of(output, 0);
                edit.addFile(file.withLevel(IngestPlacement.level(now, file.smallest(), file.largest())));
            }
        } finally {
            now.release();
        }
        return edit.build();
    }

    private void flushMemtables() {
        boolean more = true;
        while (more) {
            more = parts.flusher().flushOldest();
        }
    }

    private boolean overlapsMemtables(List<IngestTables.Span> spans) {
        ReadView view = parts.views().current();
        List<Memtable> memtables = new ArrayList<>(view.immutables());
        memtables.add(view.active());
        for (Memtable memtable : memtables) {
            try (InternalCursor cursor = memtable.cursor()) {
                for (IngestTables.Span span : spans) {
                    byte[] first = span.first();
                    byte[] last = span.last();
                    if (cursor.seek(first, 0, first.length, InternalKey.FIRST_TRAILER) && Bytes.compare(
                            cursor.keyArray(), cursor.keyOffset(), cursor.keyLength(), last, 0, last.length) <= 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
