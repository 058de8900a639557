// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.Limits;
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
     * A cursor over a view.
     *
     * @param start no key below it is wanted, null for no limit
     * @param end no key from it on is wanted, null for no limit
     * @param fillCache whether blocks that it reads stay in the cache
     * @param before further sources, newer than the view, such as the writes of a transaction
     */
    public static InternalCursor open(ReadView view, byte @Nullable [] start, byte @Nullable [] end, boolean fillCache,
            List<InternalCursor> before) {
        List<InternalCursor> sources = new ArrayList<>(before);
        sources.add(view.active().cursor());
        for (int i = 0; i < view.immutableCount(); i++) {
            sources.add(view.immutable(i).cursor());
        }
        LevelTables level0 = view.level(0);
        for (int i = 0; i < level0.count(); i++) {
            if (overlaps(level0.file(i), start, end)) {
                sources.add(level0.reader(i).cursor(fillCache));
            }
        }
        for (int level = 1; level < Limits.LEVELS; level++) {
            LevelTables tables = view.level(level);
            int from = start == null ? 0 : tables.ceiling(start, 0, start.length);
            int to = from;
            while (to < tables.count() && (end == null
                    || InternalKey.compareUserKey(tables.file(to).smallest(), end) < 0)) {
                to++;
            }
            if (from < to) {
                sources.add(new LevelCursor(tables, from, to, fillCache));
            }
        }
        return sources.size() == 1 ? sources.get(0) : new MergingCursor(sources);
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
