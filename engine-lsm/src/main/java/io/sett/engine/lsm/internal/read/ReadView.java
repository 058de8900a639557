// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InternalStorageException;
import io.sett.engine.lsm.internal.base.RangeCover;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.base.UseCount;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.version.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader looks at: the memtable, the older memtables and one version of the tables. A new view takes the place
 * of the old one at each rotation, flush and compaction; who reads holds the view that was current when he began.
 *
 * <p>Use: {@code int token = view.acquire()}, when it is not {@link UseCount#RETIRED} read, then
 * {@code release(token)}; when it is, take the current view and try again. Whoever replaces a view
 * {@linkplain #retire retires} it. The version is held until then and until the last reader has left.
 */
public final class ReadView {

    private final Memtable active;
    private final Memtable[] immutables;
    private final Version version;
    private final LevelTables[] levels;
    private final UseCount uses;
    /** Whether anything but the active memtable deletes a range. */
    private final boolean deletesRanges;

    private ReadView(Memtable active, List<Memtable> immutables, Version version, LevelTables[] levels) {
        this.active = active;
        this.immutables = immutables.toArray(new Memtable[0]);
        this.version = version;
        this.levels = levels;
        this.uses = new UseCount(new Release(version));
        this.deletesRanges = immutables.stream().anyMatch(Memtable::hasRangeDeletions)
                || Arrays.stream(levels).anyMatch(LevelTables::deletesRanges);
    }

    /** Lets the version go; a class and not a method reference, which would cost each first opening a millisecond. */
    private static final class Release implements Runnable {

        private final Version version;

        private Release(Version version) {
            this.version = version;
        }

        @Override
        public void run() {
            version.release();
        }
    }

    /**
     * A view, which holds the version.
     *
     * @param immutables newest first
     * @param before the view that it replaces, from which it takes over what is the same; null for the first one
     */
    public static ReadView of(Memtable active, List<Memtable> immutables, Version version, TableCache tables,
            @Nullable ReadView before) {
        if (!version.tryRetain()) {
            throw new InternalStorageException(ErrorCode.INTERNAL, "a view of a version that nobody holds any more");
        }
        LevelTables[] levels = new LevelTables[Version.LEVELS];
        for (int level = 0; level < levels.length; level++) {
            levels[level] = before != null && before.levels[level].isSame(version.files(level)) ? before.levels[level]
                    : new LevelTables(version.files(level), tables);
        }
        return new ReadView(active, immutables, version, levels);
    }

    /** Whether any range is deleted in it. */
    boolean deletesRanges() {
        return deletesRanges || active.hasRangeDeletions();
    }

    /** The version of the newest range deletion of the key that is not above the snapshot; 0 when there is none. */
    long newestRangeDeletion(byte[] key, int offset, int length, long snapshot) {
        long newest = active.newestRangeDeletion(key, offset, length, snapshot);
        if (deletesRanges) {
            for (Memtable memtable : immutables) {
                newest = Math.max(newest, memtable.newestRangeDeletion(key, offset, length, snapshot));
            }
            for (LevelTables level : levels) {
                if (level.deletesRanges()) {
                    newest = Math.max(newest, level.deletions().newest(key, offset, length, snapshot));
                }
            }
        }
        return newest;
    }

    /** All deletions of ranges, for a reader at that snapshot who began before. */
    RangeCover rangeCover(long snapshot) {
        List<RangeDeletions> layers = new ArrayList<>(active.rangeDeletions());
        for (Memtable memtable : immutables) {
            layers.addAll(memtable.rangeDeletions());
        }
        for (LevelTables level : levels) {
            if (level.deletesRanges()) {
                layers.add(level.deletions());
            }
        }
        return new RangeCover(layers, snapshot);
    }

    /** Counts a reader, see {@link UseCount#acquire}. */
    public int acquire() {
        return uses.acquire();
    }

    /** A reader leaves. */
    public void release(int token) {
        uses.release(token);
    }

    /** No new readers. */
    public void retire() {
        uses.retire();
    }

    /** The memtable that takes the writes. */
    public Memtable active() {
        return active;
    }

    /** Memtables that wait to be flushed, newest first. */
    public List<Memtable> immutables() {
        return List.of(immutables);
    }

    /** The tables. */
    public Version version() {
        return version;
    }

    /** Number of memtables that wait to be flushed. */
    public int immutableCount() {
        return immutables.length;
    }

    Memtable immutable(int index) {
        return immutables[index];
    }

    LevelTables level(int level) {
        return levels[level];
    }
}
