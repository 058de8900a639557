// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

import io.sett.engine.lsm.internal.table.ValueReferences;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The tables and value-log files that make up the store at one moment. Immutable apart from its count of users.
 *
 * <p>Level 0 holds whole memtables, newest first, whose key ranges may overlap. Every other level is sorted by key and
 * its tables are disjoint by user key: all versions of a key lie in one table of a level. Both are checked whenever a
 * version is made.
 *
 * <p>Whoever reads the tables of a version holds it: {@link #tryRetain()}, later {@link #release()}. The files of a
 * version are deleted only when nobody holds it any more (see {@link VersionSet}).
 */
public final class Version {

    /** Number of levels. */
    public static final int LEVELS = 7;

    private final List<List<FileMetadata>> levels;
    private final List<SegmentMetadata> segments;
    private volatile @Nullable ValueReferences references;
    private final LevelState[] states = new LevelState[LEVELS];
    private final @Nullable Runnable onLastRelease;
    private final AtomicInteger users = new AtomicInteger(1);

    private Version(List<List<FileMetadata>> levels, List<SegmentMetadata> segments,
            @Nullable Runnable onLastRelease) {
        this.levels = levels;
        this.segments = segments;
        this.onLastRelease = onLastRelease;
        for (int level = 0; level < LEVELS; level++) {
            states[level] = sum(level, levels.get(level));
            if (level > 0) {
                checkDisjoint(level, levels.get(level));
            }
        }
    }

    /** A version without tables. */
    public static Version empty() {
        return of(List.of());
    }

    /** A version of these tables in any order, counted by nobody; for tests and policies. */
    public static Version of(List<FileMetadata> files) {
        return of(files, List.of(), null);
    }

    static Version of(List<FileMetadata> files, List<SegmentMetadata> segments, @Nullable Runnable onLastRelease) {
        List<List<FileMetadata>> levels = new ArrayList<>(LEVELS);
        for (int level = 0; level < LEVELS; level++) {
            levels.add(new ArrayList<>());
        }
        for (FileMetadata file : files) {
            levels.get(file.level()).add(file);
        }
        for (int level = 0; level < LEVELS; level++) {
            List<FileMetadata> sorted = levels.get(level);
            if (sorted.size() < 2) {
                levels.set(level, Collections.unmodifiableList(sorted));
                continue;
            }
            if (level == 0) {
                sorted.sort(Version::newestFirst);
            } else {
                sorted.sort((a, b) -> FileMetadata.compareUserKeys(a.smallest(), b.smallest()));
            }
            levels.set(level, Collections.unmodifiableList(sorted));
        }
        return new Version(levels, List.copyOf(segments), onLastRelease);
    }

    private static int newestFirst(FileMetadata left, FileMetadata right) {
        int byVersion = Long.compare(right.maxVersion(), left.maxVersion());
        return byVersion != 0 ? byVersion : Long.compare(right.id(), left.id());
    }

    private static LevelState sum(int level, List<FileMetadata> files) {
        long bytes = 0;
        long entries = 0;
        long tombstones = 0;
        for (FileMetadata file : files) {
            bytes += file.size();
            entries += file.entries();
            tombstones += file.tombstones();
        }
        return new LevelState(level, files.size(), bytes, entries, tombstones);
    }

    private static void checkDisjoint(int level, List<FileMetadata> files) {
        for (int i = 1; i < files.size(); i++) {
            FileMetadata before = files.get(i - 1);
            FileMetadata after = files.get(i);
            if (FileMetadata.compareUserKeys(before.largest(), after.smallest()) >= 0) {
                throw new IllegalStateException("level " + level + " is not disjoint: " + before + " and " + after);
            }
        }
    }

    /** The tables of a level: newest first in level 0, by key elsewhere. Unmodifiable. */
    public List<FileMetadata> files(int level) {
        return levels.get(level);
    }

    /** All tables, level by level. */
    public List<FileMetadata> allFiles() {
        List<FileMetadata> all = new ArrayList<>(fileCount());
        for (List<FileMetadata> level : levels) {
            all.addAll(level);
        }
        return all;
    }

    /** The files of the value log, by number; without the logs of memtables. Unmodifiable. */
    public List<SegmentMetadata> segments() {
        return segments;
    }

    /** What all tables together refer to: exactly what is alive in {@link #segments()}. */
    public ValueReferences references() {
        ValueReferences known = references;
        if (known == null) {
            List<ValueReferences> parts = new ArrayList<>();
            for (List<FileMetadata> level : levels) {
                for (FileMetadata file : level) {
                    parts.add(file.references());
                }
            }
            known = ValueReferences.sum(parts);
            references = known;
        }
        return known;
    }

    /** Bytes of the files of the value log. */
    public long segmentBytes() {
        long bytes = 0;
        for (SegmentMetadata segment : segments) {
            bytes += segment.size();
        }
        return bytes;
    }

    /** The sums of a level. */
    public LevelState state(int level) {
        return states[level];
    }

    /** Number of tables. */
    public int fileCount() {
        int count = 0;
        for (LevelState state : states) {
            count += state.files();
        }
        return count;
    }

    /** Bytes of all tables. */
    public long totalBytes() {
        long bytes = 0;
        for (LevelState state : states) {
            bytes += state.bytes();
        }
        return bytes;
    }

    /** The table of a sorted level that may hold the user key, by binary search; -1 when there is none. */
    public int find(int level, byte[] userKey) {
        List<FileMetadata> files = levels.get(level);
        int low = 0;
        int high = files.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int side = files.get(middle).locate(userKey);
            if (side == 0) {
                return middle;
            }
            if (side < 0) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return -1;
    }

    /** The tables after an edit, or the reason why it does not fit. */
    List<FileMetadata> filesAfter(VersionEdit edit) {
        Set<Long> deleted = new HashSet<>();
        for (VersionEdit.DeletedFile file : edit.deletedFiles()) {
            deleted.add(file.id());
        }
        List<FileMetadata> files = new ArrayList<>();
        Set<Long> present = new HashSet<>();
        for (FileMetadata file : allFiles()) {
            if (!deleted.remove(file.id())) {
                files.add(file);
                present.add(file.id());
            }
        }
        if (!deleted.isEmpty()) {
            throw new IllegalStateException("the edit deletes tables that are not there: " + deleted);
        }
        for (FileMetadata file : edit.addedFiles()) {
            if (!present.add(file.id())) {
                throw new IllegalStateException("the edit adds a table that is there already: " + file);
            }
            files.add(file);
        }
        return files;
    }

    /** The value-log files after an edit, or the reason why it does not fit. */
    List<SegmentMetadata> segmentsAfter(VersionEdit edit) {
        if (!edit.changesSegments()) {
            return segments;
        }
        Map<Long, SegmentMetadata> after = new TreeMap<>();
        for (SegmentMetadata segment : segments) {
            after.put(segment.id(), segment);
        }
        for (SegmentMetadata segment : edit.addedSegments()) {
            SegmentMetadata before = after.put(segment.id(), segment);
            if (before != null && before.size() > segment.size()) {
                throw new IllegalStateException("the edit makes " + before + " shorter: " + segment);
            }
        }
        for (long id : edit.deletedSegments()) {
            if (after.remove(id) == null) {
                throw new IllegalStateException("the edit deletes value-log file " + id + ", which is not there");
            }
        }
        return List.copyOf(after.values());
    }

    /** Holds the version unless its last user has already left. */
    public boolean tryRetain() {
        int count = users.get();
        while (count > 0) {
            if (users.compareAndSet(count, count + 1)) {
                return true;
            }
            count = users.get();
        }
        return false;
    }

    /** Lets the version go; the last one to do so lets the files go. */
    public void release() {
        int left = users.decrementAndGet();
        if (left == 0) {
            Runnable action = onLastRelease;
            if (action != null) {
                action.run();
            }
        } else if (left < 0) {
            throw new IllegalStateException("version released more often than retained");
        }
    }
}
