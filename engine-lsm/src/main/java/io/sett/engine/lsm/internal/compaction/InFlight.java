// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.version.FileMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The compactions that run now, so that a new one shares neither a table nor a part of a level with them. Immutable.
 */
public final class InFlight {

    /** Nothing runs. */
    public static final InFlight NONE = new InFlight(List.of());

    private final List<Compaction> running;
    private final Set<Long> busy = new HashSet<>();

    private InFlight(List<Compaction> running) {
        this.running = List.copyOf(running);
        for (Compaction compaction : running) {
            for (FileMetadata file : compaction.allInputs()) {
                busy.add(file.id());
            }
        }
    }

    /** With one more. */
    public InFlight with(Compaction compaction) {
        List<Compaction> more = new ArrayList<>(running);
        more.add(compaction);
        return new InFlight(more);
    }

    /** Without one that has ended. */
    public InFlight without(Compaction compaction) {
        List<Compaction> fewer = new ArrayList<>(running);
        fewer.removeIf(other -> other == compaction);
        return new InFlight(fewer);
    }

    /** What runs. */
    public List<Compaction> running() {
        return running;
    }

    /** Whether a running compaction reads the table. */
    public boolean isBusy(FileMetadata file) {
        return busy.contains(file.id());
    }

    /** Whether a running compaction reads one of the tables. */
    public boolean isAnyBusy(List<FileMetadata> files) {
        for (FileMetadata file : files) {
            if (isBusy(file)) {
                return true;
            }
        }
        return false;
    }

    /** Bytes of a level that are on their way down. */
    public long leavingBytes(int level) {
        long bytes = 0;
        for (Compaction compaction : running) {
            if (compaction.inputLevel() == level && compaction.outputLevel() != level) {
                for (FileMetadata file : compaction.inputs()) {
                    bytes += file.size();
                }
            }
        }
        return bytes;
    }

    /**
     * Whether the candidate can run beside the others: no shared table, and where both write into or read from one
     * sorted level, not among the same keys.
     */
    public boolean allows(Compaction candidate) {
        if (isAnyBusy(candidate.allInputs())) {
            return false;
        }
        KeySpan span = KeySpan.of(candidate.allInputs());
        for (Compaction other : running) {
            boolean sameLevel = touches(other, candidate.outputLevel()) || touches(other, candidate.inputLevel());
            if (sameLevel && span.overlaps(KeySpan.of(other.allInputs()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean touches(Compaction other, int level) {
        return level > 0 && (other.outputLevel() == level || other.inputLevel() == level);
    }
}
