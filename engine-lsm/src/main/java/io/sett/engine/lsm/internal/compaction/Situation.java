// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.util.List;
import java.util.Optional;

/**
 * What a choice is made from, and the forms that a compaction can have in it. Immutable but for the version's count of
 * users.
 *
 * @param version the tables
 * @param inFlight what runs already
 * @param targets how large the levels should be
 */
record Situation(Version version, InFlight inFlight, LevelTargets targets) {

    static Situation of(Version version, InFlight inFlight, CompactionOptions options) {
        return new Situation(version, inFlight, LevelTargets.of(version, options));
    }

    /** Into another level, together with what shares keys there. */
    Compaction down(Compaction.Kind kind, List<FileMetadata> inputs, int from, int to, String reason) {
        List<FileMetadata> overlapped = KeySpan.of(inputs).overlapping(version.files(to));
        return new Compaction(kind, from, to, inputs, overlapped, targets.tableSizes()[to], reason);
    }

    /** From a sorted level into the next one. */
    Compaction down(List<FileMetadata> inputs, int from, String reason) {
        return down(Compaction.Kind.DOWN, inputs, from, from + 1, reason);
    }

    /** Rewrites tables of a sorted level where they are. */
    Compaction inPlace(List<FileMetadata> files, int level, String reason) {
        return new Compaction(Compaction.Kind.IN_PLACE, level, level, files, List.of(), targets.tableSizes()[level],
                reason);
    }

    /** The same without rewriting, when no table of the output level and no two of the inputs share a key. */
    Compaction asMove(Compaction compaction) {
        if (!compaction.overlapped().isEmpty() || !KeySpan.areDisjoint(compaction.inputs())) {
            return compaction;
        }
        return new Compaction(Compaction.Kind.MOVE, compaction.inputLevel(), compaction.outputLevel(),
                compaction.inputs(), List.of(), compaction.targetSize(), compaction.reason());
    }

    /**
     * All of level 0 at once into the base level: a part of it could leave older tables with the same keys above newer
     * data.
     */
    Optional<Compaction> level0ToBase(String reason) {
        List<FileMetadata> inputs = version.files(0);
        if (inputs.isEmpty() || inFlight.isAnyBusy(inputs)) {
            return Optional.empty();
        }
        return Optional.of(down(Compaction.Kind.LEVEL0_TO_BASE, inputs, 0, level0Target(), reason))
                .filter(inFlight::allows);
    }

    /** The base level, or a level above it that still has, or is about to get, data from the time of another base. */
    int level0Target() {
        int target = targets.baseLevel();
        for (int level = 1; level < targets.baseLevel(); level++) {
            if (version.state(level).files() > 0) {
                target = level;
                break;
            }
        }
        for (Compaction running : inFlight.running()) {
            if (running.outputLevel() > 0) {
                target = Math.min(target, running.outputLevel());
            }
        }
        return target;
    }

    /** Whether tables of deeper levels share keys with this one. */
    boolean hasDeeper(FileMetadata file, int level) {
        KeySpan span = new KeySpan(file.smallest(), file.largest());
        for (int below = level + 1; below < Version.LEVELS; below++) {
            if (span.overlapsAny(version.files(below))) {
                return true;
            }
        }
        return false;
    }
}
