// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.version.FileMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The user keys from one to another, both included, as the bounds of tables.
 *
 * @param smallest internal key with the lowest user key
 * @param largest internal key with the highest user key
 */
record KeySpan(byte[] smallest, byte[] largest) {

    /** The span of at least one table. */
    static KeySpan of(Collection<FileMetadata> files) {
        byte[] low = null;
        byte[] high = null;
        for (FileMetadata file : files) {
            if (low == null || InternalKey.compareUserKeys(file.smallest(), low) < 0) {
                low = file.smallest();
            }
            if (high == null || InternalKey.compareUserKeys(file.largest(), high) > 0) {
                high = file.largest();
            }
        }
        if (low == null || high == null) {
            throw new IllegalArgumentException("the span of no table");
        }
        return new KeySpan(low, high);
    }

    boolean overlaps(KeySpan other) {
        return InternalKey.compareUserKeys(smallest, other.largest) <= 0
                && InternalKey.compareUserKeys(other.smallest, largest) <= 0;
    }

    boolean overlaps(FileMetadata file) {
        return InternalKey.compareUserKeys(smallest, file.largest()) <= 0
                && InternalKey.compareUserKeys(file.smallest(), largest) <= 0;
    }

    /** Whether no two of the tables share a key. */
    static boolean areDisjoint(Collection<FileMetadata> files) {
        List<FileMetadata> sorted = new ArrayList<>(files);
        sorted.sort((left, right) -> InternalKey.compareUserKeys(left.smallest(), right.smallest()));
        for (int i = 1; i < sorted.size(); i++) {
            if (InternalKey.compareUserKeys(sorted.get(i - 1).largest(), sorted.get(i).smallest()) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether one of the tables shares a key with the span. */
    boolean overlapsAny(List<FileMetadata> files) {
        for (FileMetadata file : files) {
            if (overlaps(file)) {
                return true;
            }
        }
        return false;
    }

    /** Those of the tables that share a key with the span, in their order. */
    List<FileMetadata> overlapping(List<FileMetadata> files) {
        List<FileMetadata> found = new ArrayList<>();
        for (FileMetadata file : files) {
            if (overlaps(file)) {
                found.add(file);
            }
        }
        return found;
    }
}
