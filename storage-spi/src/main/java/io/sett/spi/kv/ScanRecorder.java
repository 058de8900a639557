// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.KeyRange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the moves of one cursor into the ranges it has looked over. A run of steps is one range, written down only when
 * the cursor jumps elsewhere or ends. "Up" is towards higher keys, whatever the direction of the cursor.
 */
final class ScanRecorder {

    private final ReadSet reads;
    private final KeyRange range;

    /** First key looked at, null for an open end; meaningless until {@code hasLow}. */
    private byte @Nullable [] low;
    /** First key behind those looked at, null for an open end; meaningless until {@code hasEnd}. */
    private byte @Nullable [] end;
    private boolean hasLow;
    private boolean hasEnd;

    ScanRecorder(ReadSet reads, KeyRange range) {
        this.reads = reads;
        this.range = range;
    }

    /** A jump to the lower edge of the range to go up, or to the upper one to go down. */
    void jumpToEdge(boolean up) {
        flush();
        if (up) {
            low = range.start().orElse(null);
            hasLow = true;
        } else {
            end = range.end().orElse(null);
            hasEnd = true;
        }
    }

    /** A jump to a key; goes on with the range at hand when the key lies in it. */
    void jumpTo(byte[] key) {
        if (hasLow && hasEnd && ReadSet.range(low, end).contains(key)) {
            return;
        }
        flush();
        low = key.clone();
        end = Arrays.copyOf(key, key.length + 1);
        hasLow = true;
        hasEnd = true;
    }

    /** The cursor has come to this key. */
    void reach(byte[] key) {
        if (!hasLow || low != null && Arrays.compareUnsigned(key, low) < 0) {
            low = key;
            hasLow = true;
        }
        if (!hasEnd || end != null && Arrays.compareUnsigned(key, end) >= 0) {
            end = Arrays.copyOf(key, key.length + 1);
            hasEnd = true;
        }
    }

    /** The cursor ran off the range. */
    void reachEdge(boolean up) {
        if (up) {
            end = range.end().orElse(null);
            hasEnd = true;
        } else {
            low = range.start().orElse(null);
            hasLow = true;
        }
    }

    /** Writes down what was looked over since the last jump. */
    void flush() {
        if (hasLow && hasEnd) {
            reads.addRange(ReadSet.range(low, end).intersect(range));
        }
        hasLow = false;
        hasEnd = false;
    }
}
