// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.version.FileMetadata;
import java.util.ArrayList;
import java.util.List;

/**
 * One compaction that was chosen.
 *
 * @param kind which of the kinds
 * @param inputLevel from which level
 * @param outputLevel into which level
 * @param inputs tables of the input level; newest first in level 0, by key elsewhere; never empty
 * @param overlapped tables of the output level that share keys with them, by key
 * @param targetSize bytes at which an output table is ended
 * @param reason for logs and events
 */
public record Compaction(Kind kind, int inputLevel, int outputLevel, List<FileMetadata> inputs,
        List<FileMetadata> overlapped, long targetSize, String reason) {

    /** What a compaction does. */
    public enum Kind {
        /** All of level 0 into the base level. */
        LEVEL0_TO_BASE,
        /** Several young tables of level 0 into one, while the base level is busy. */
        WITHIN_LEVEL0,
        /** From a level into the next. */
        DOWN,
        /** Rewrites tables within a level, mostly the last one, to drop garbage or to join small tables. */
        IN_PLACE,
        /** To a deeper level without rewriting, since nothing there shares a key. */
        MOVE,
        /** Tables whose entries are all hidden by the deletion of a range go, unread. */
        DROP
    }

    /** Copies the lists. */
    public Compaction {
        inputs = List.copyOf(inputs);
        overlapped = List.copyOf(overlapped);
    }

    /** Whether it reads its tables and writes others. */
    public boolean rewrites() {
        return kind != Kind.MOVE && kind != Kind.DROP;
    }

    /** All tables that it reads. */
    public List<FileMetadata> allInputs() {
        List<FileMetadata> all = new ArrayList<>(inputs);
        all.addAll(overlapped);
        return all;
    }

    /** Bytes that it reads. */
    public long inputBytes() {
        long bytes = 0;
        for (FileMetadata file : allInputs()) {
            bytes += file.size();
        }
        return bytes;
    }

    /** The internal key with the lowest user key of all inputs. */
    public byte[] smallest() {
        return KeySpan.of(allInputs()).smallest();
    }

    /** The internal key with the highest user key of all inputs. */
    public byte[] largest() {
        return KeySpan.of(allInputs()).largest();
    }

    @Override
    public String toString() {
        return kind + " L" + inputLevel + "->L" + outputLevel + " of " + inputs.size() + "+" + overlapped.size()
                + " tables, " + inputBytes() + " bytes, " + InternalKey.describe(smallest()) + ".."
                + InternalKey.describe(largest()) + ": " + reason;
    }
}
