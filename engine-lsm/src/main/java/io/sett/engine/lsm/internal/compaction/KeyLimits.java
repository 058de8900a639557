// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.version.FileMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A range of user keys: the start belongs to it, the end does not, null is no limit.
 *
 * @param start first key
 * @param end first key behind
 */
public record KeyLimits(byte @Nullable [] start, byte @Nullable [] end) {

    /** Every key. */
    public static final KeyLimits ALL = new KeyLimits(null, null);

    /** Whether the range ends before the entry on which the cursor stands. */
    boolean endsBefore(InternalCursor entry) {
        byte[] high = end;
        return high != null && Bytes.compare(entry.keyArray(), entry.keyOffset(), entry.keyLength(), high, 0,
                high.length) >= 0;
    }

    /** Whether the table may have keys of the range. */
    public boolean overlaps(FileMetadata file) {
        byte[] low = start;
        byte[] high = end;
        return (low == null || InternalKey.compareUserKey(file.largest(), low) >= 0)
                && (high == null || InternalKey.compareUserKey(file.smallest(), high) < 0);
    }
}
