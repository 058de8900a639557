// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps of a compaction by hand, see {@link CompactionPolicy#pickManual}. Pure. */
final class ManualPolicy {

    /** A step reads about this many tables' worth of bytes, so that it can be followed and ended. */
    private static final int TABLES_WORTH = 25;

    private ManualPolicy() {
    }

    static CompactionPolicy.ManualStep next(Situation situation, KeyLimits range, Set<Long> old, long beganAt) {
        Version version = situation.version();
        int deepest = 0;
        for (int level = 0; level < Version.LEVELS; level++) {
            if (!within(version.files(level), range).isEmpty()) {
                deepest = level;
            }
        }
        for (int level = 0; level < deepest || level == 0; level++) {
            List<FileMetadata> files = within(version.files(level), range);
            files.removeIf(file -> file.minVersion() > beganAt);
            if (!files.isEmpty()) {
                return step(situation, down(situation, level, files));
            }
        }
        List<FileMetadata> last = within(version.files(deepest), range);
        last.removeIf(file -> !old.contains(file.id()));
        if (deepest == 0 || last.isEmpty()) {
            return new CompactionPolicy.ManualStep(Optional.empty(), true);
        }
        return step(situation, situation.inPlace(firstRun(situation, deepest, last), deepest, "manual"));
    }

    /** The first of the tables and those behind it without another one between, up to the size of a step. */
    private static List<FileMetadata> firstRun(Situation situation, int level, List<FileMetadata> wanted) {
        List<FileMetadata> files = situation.version().files(level);
        List<FileMetadata> run = new ArrayList<>();
        long limit = TABLES_WORTH * situation.targets().tableSizes()[level];
        long bytes = 0;
        for (int i = files.indexOf(wanted.get(0)); run.size() < wanted.size() && bytes < limit; i++) {
            if (files.get(i).id() != wanted.get(run.size()).id()) {
                break;
            }
            run.add(files.get(i));
            bytes += files.get(i).size();
        }
        return run;
    }

    private static Compaction down(Situation situation, int level, List<FileMetadata> files) {
        if (level == 0) {
            return situation.down(Compaction.Kind.LEVEL0_TO_BASE, situation.version().files(0), 0,
                    situation.level0Target(), "manual");
        }
        Compaction chosen = situation.down(files.subList(0, 1), level, "manual");
        long limit = TABLES_WORTH * chosen.targetSize();
        for (int to = 2; to <= files.size() && chosen.inputBytes() < limit; to++) {
            chosen = situation.down(files.subList(0, to), level, "manual");
        }
        return situation.asMove(chosen);
    }

    private static CompactionPolicy.ManualStep step(Situation situation, Compaction compaction) {
        return new CompactionPolicy.ManualStep(Optional.of(compaction).filter(situation.inFlight()::allows), false);
    }

    private static List<FileMetadata> within(List<FileMetadata> files, KeyLimits range) {
        List<FileMetadata> found = new ArrayList<>();
        for (FileMetadata file : files) {
            if (range.overlaps(file)) {
                found.add(file);
            }
        }
        return found;
    }
}
