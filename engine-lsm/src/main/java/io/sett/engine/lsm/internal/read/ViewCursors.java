// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.base.RangeCover;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.version.FileMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes cursors over everything that may have entries of a range, and touches nothing else. */
public final class ViewCursors {

    private ViewCursors() {
    }

    /**
     * A cursor over a view as a reader at a snapshot sees it: deleted ranges are deletions of keys. The snapshot was
     * taken before the view.
     *
     * @param hides whether what a deleted range hides is left out rather than shown with a deletion before it; not for
     *     those who look at history
     */
    public static InternalCursor open(ReadView view, byte @Nullable [] start, byte @Nullable [] end, boolean fillCache,
            long snapshot, boolean hides) {
        if (!view.deletesRanges()) {
            return open(view, start, end, fillCache, snapshot, List.of(), null);
        }
        RangeCover cover = view.rangeCover(snapshot);
        InternalCursor all = open(view, start, end, fillCache, snapshot, List.of(), hides ? cover : null);
        return new RangeDeletionCursor(all, cover.copy());
    }

    /**
     * A cursor over the entries of a view, whatever ranges are deleted.
     *
     * @param start no key below it is wanted, null for no limit
     * @param end no key from it on is wanted, null for no limit
     * @param fillCache whether blocks that it reads stay in the cache
     * @param before further sources, newer than the view, such as the writes of a transaction
     */
    public static InternalCursor open(ReadView view, byte @Nullable [] start, byte @Nullable [] end, boolean fillCache,
            List<InternalCursor> before) {
        return open(view, start, end, fillCache, Limits.MAX_VERSION, before, null);
    }

    private static InternalCursor open(ReadView view, byte @Nullable [] start, byte @Nullable [] end, boolean fillCache,
            long snapshot, List<InternalCursor> before, @Nullable RangeCover cover) {
        List<InternalCursor> sources = new ArrayList<>(before);
        if (hasSeen(snapshot, view.active())) {
            sources.add(view.active().cursor());
        }
        for (int i = 0; i < view.immutableCount(); i++) {
            Memtable memtable = view.immutable(i);
            if (hasSeen(snapshot, memtable)) {
                sources.add(skipping(memtable.cursor(), cover, memtable.maxVersion()));
            }
        }
        LevelTables level0 = view.level(0);
        for (int i = 0; i < level0.count(); i++) {
            if (overlaps(level0.file(i), start, end)) {
                sources.add(skipping(level0.reader(i).cursor(fillCache), cover, level0.file(i).maxVersion()));
            }
        }
        for (int level = 1; level < Limits.LEVELS; level++) {
            LevelTables tables = view.level(level);
            int from = start == null ? 0 : tables.ceiling(start, 0, start.length);
            int to = end == null ? tables.count() : tables.firstFrom(from, end);
            if (from < to) {
                sources.add(new LevelCursor(tables, from, to, fillCache, cover == null ? null : cover.copy()));
            }
        }
        return sources.size() == 1 ? sources.get(0) : new MergingCursor(sources);
    }

    /** Whether the memtable has anything that a reader may see who took the snapshot before the view. */
    private static boolean hasSeen(long snapshot, Memtable memtable) {
        return memtable.minVersion() <= snapshot;
    }

    private static InternalCursor skipping(InternalCursor source, @Nullable RangeCover cover, long maxVersion) {
        return cover == null ? source : new SkippingCursor(source, cover.copy(), maxVersion);
    }

    /**
     * A cursor over some tables, for compaction; fills no cache.
     *
     * @param overlapping tables whose ranges may overlap, newest first
     * @param sorted lists of disjoint tables, each sorted by key
     */
    public static InternalCursor over(TableCache tables, List<FileMetadata> overlapping,
            Collection<List<FileMetadata>> sorted) {
        List<InternalCursor> sources = new ArrayList<>();
        for (FileMetadata file : overlapping) {
            sources.add(tables.get(file.id()).cursor(false));
        }
        for (List<FileMetadata> run : sorted) {
            if (!run.isEmpty()) {
                sources.add(new LevelCursor(new LevelTables(run, tables), 0, run.size(), false));
            }
        }
        return sources.size() == 1 ? sources.get(0) : new MergingCursor(sources);
    }

    private static boolean overlaps(FileMetadata file, byte @Nullable [] start, byte @Nullable [] end) {
        return (start == null || InternalKey.compareUserKey(file.largest(), start) >= 0)
                && (end == null || InternalKey.compareUserKey(file.smallest(), end) < 0);
    }
}
