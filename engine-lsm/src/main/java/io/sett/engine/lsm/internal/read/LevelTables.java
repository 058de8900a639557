// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.table.TableReader;
import io.sett.engine.lsm.internal.version.FileMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of one level, ready for searching; readers are opened when first needed. Any number of threads. */
final class LevelTables {

    private final FileMetadata[] files;
    private final @Nullable TableReader[] readers;
    /** What the largest user keys of all tables begin with, and the heads of what follows. */
    private final byte[] prefix;
    private final long[] heads;
    private final TableCache tables;
    private final boolean deletesRanges;
    private volatile @Nullable RangeDeletions deletions;

    LevelTables(List<FileMetadata> level, TableCache tables) {
        this.files = level.toArray(new FileMetadata[0]);
        this.readers = new TableReader[files.length];
        this.prefix = commonPrefix(files);
        this.heads = new long[files.length];
        for (int i = 0; i < heads.length; i++) {
            byte[] largest = files[i].largest();
            heads[i] = Bytes.head(largest, prefix.length, InternalKey.userKeyLength(largest) - prefix.length);
        }
        this.tables = tables;
        this.deletesRanges = level.stream().anyMatch(file -> file.rangeDeletions() > 0);
    }

    /** Whether any of them deletes a range. */
    boolean deletesRanges() {
        return deletesRanges;
    }

    /** The ranges that they delete; read when first needed. */
    RangeDeletions deletions() {
        RangeDeletions known = deletions;
        if (known == null) {
            List<RangeDeletions> found = new ArrayList<>();
            for (int i = 0; i < files.length; i++) {
                if (files[i].rangeDeletions() > 0) {
                    found.add(reader(i).rangeDeletions());
                }
            }
            known = RangeDeletions.merge(found);
            deletions = known;
        }
        return known;
    }

    /** Whether these are the same tables in the same order. */
    boolean isSame(List<FileMetadata> level) {
        if (level.size() != files.length) {
            return false;
        }
        for (int i = 0; i < files.length; i++) {
            if (files[i] != level.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] commonPrefix(FileMetadata[] files) {
        byte[] common = files.length == 0 ? Bytes.EMPTY : InternalKey.userKey(files[0].largest());
        int length = common.length;
        for (FileMetadata file : files) {
            length = Bytes.commonPrefix(common, 0, length, file.largest(), 0,
                    Math.min(length, InternalKey.userKeyLength(file.largest())));
        }
        return Arrays.copyOf(common, length);
    }

    int count() {
        return files.length;
    }

    FileMetadata file(int index) {
        return files[index];
    }

    /** The open table. A race opens nothing twice, it only asks the cache twice. */
    TableReader reader(int index) {
        TableReader reader = readers[index];
        if (reader == null) {
            reader = tables.get(files[index].id());
            readers[index] = reader;
        }
        return reader;
    }

    /** In a sorted level, of the answer of {@link #ceiling}: whether the table begins at or before the key. */
    boolean begins(int index, byte[] key, int offset, int length) {
        return InternalKey.compareUserKey(files[index].smallest(), key, offset, length) <= 0;
    }

    boolean mayContain(int index, byte[] key, int offset, int length) {
        FileMetadata file = files[index];
        return InternalKey.compareUserKey(file.smallest(), key, offset, length) <= 0
                && InternalKey.compareUserKey(file.largest(), key, offset, length) >= 0;
    }

    /** In a sorted level: the first table, not before that one, whose smallest user key is at or behind the key. */
    int firstFrom(int from, byte[] key) {
        int low = from;
        int high = files.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (InternalKey.compareUserKey(files[middle].smallest(), key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** In a sorted level: the first table whose largest user key is at or behind the key; count when there is none. */
    int ceiling(byte[] key, int offset, int length) {
        int count = files.length;
        int skip = prefix.length;
        int shared = Bytes.commonPrefix(key, offset, Math.min(length, skip), prefix, 0, skip);
        if (shared < skip) {
            boolean below = shared == length || (key[offset + shared] & 0xff) < (prefix[shared] & 0xff);
            return below ? 0 : count;
        }
        if (count == 0) {
            return 0;
        }
        long head = Bytes.head(key, offset + skip, length - skip);
        int low = Bytes.firstFrom(heads, head);
        int high = low < count && heads[low] == head ? Bytes.endOfEqual(heads, low) : low;
        while (low < high) {
            int middle = low + high >>> 1;
            if (InternalKey.compareUserKey(files[middle].largest(), key, offset, length) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
