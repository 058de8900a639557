// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.compaction.CompactionPolicy.ManualStep;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses the tables that have to be written anew so that nothing refers to some files of the value log. Pure. */
final class RewritePolicy {

    /** Neighbours are taken together up to this size. */
    private static final long STEP_BYTES = 16L << 20;

    private RewritePolicy() {
    }

    /** The next step; done when no table refers to one of the files. */
    static ManualStep next(Version version, InFlight inFlight, Set<Long> segments) {
        boolean waits = false;
        for (int level = 0; level < Version.LEVELS; level++) {
            List<FileMetadata> files = version.files(level);
            for (int at = 0; at < files.size(); at++) {
                if (!refers(files.get(at), segments)) {
                    continue;
                }
                Compaction step = step(files, at, level, segments, inFlight);
                if (inFlight.allows(step)) {
                    return new ManualStep(Optional.of(step), false);
                }
                waits = true;
            }
        }
        return new ManualStep(Optional.empty(), !waits);
    }

    /** The table and, in a sorted level, those next to it: their keys stay together, so the level stays disjoint. */
    private static Compaction step(List<FileMetadata> files, int from, int level, Set<Long> segments,
            InFlight inFlight) {
        List<FileMetadata> inputs = new ArrayList<>();
        inputs.add(files.get(from));
        long bytes = files.get(from).size();
        long largest = bytes;
        for (int at = from + 1; level > 0 && at < files.size(); at++) {
            FileMetadata file = files.get(at);
            bytes += file.size();
            if (bytes > STEP_BYTES || inFlight.isBusy(file) || !refers(file, segments)) {
                break;
            }
            inputs.add(file);
            largest = Math.max(largest, file.size());
        }
        return new Compaction(Compaction.Kind.IN_PLACE, level, level, inputs, List.of(),
                inputs.size() == 1 ? Long.MAX_VALUE : largest, "values move out of " + segments.size()
                + " value-log files");
    }

    private static boolean refers(FileMetadata file, Set<Long> segments) {
        for (int i = 0; i < file.references().count(); i++) {
            if (segments.contains(file.references().segment(i))) {
                return true;
            }
        }
        return false;
    }
}
