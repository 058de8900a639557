// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds tables that are worth a compaction although their level is not full: those that are mostly garbage, and runs of
 * small tables that are left over where much was dropped. Pure.
 *
 * <p>Garbage are deletions, of ranges too, expired entries and versions that a newer one in the same table hides, once no reader needs
 * any of the table's versions. What hides nothing deeper is rewritten in place and is then free of garbage; where older
 * entries may lie deeper, deletions and expired entries are pushed down one level. Either way there is an end.
 */
final class GarbagePolicy {

    /** Fewer neighbours are not worth a compaction, nor are tables above this part of the size they should have. */
    private static final int MIN_SMALL = 8;

    private final CompactionOptions options;

    GarbagePolicy(CompactionOptions options) {
        this.options = options;
    }

    /** The deepest table that is mostly garbage. */
    Optional<Compaction> pickGarbage(Situation situation, Horizon horizon) {
        for (int level = Version.LEVELS - 1; level >= 0; level--) {
            for (FileMetadata file : situation.version().files(level)) {
                if (situation.inFlight().isBusy(file) || !isMostlyGarbage(file, horizon)) {
                    continue;
                }
                Optional<Compaction> found = level == 0 ? situation.level0ToBase(reason(file, horizon))
                        : clean(situation, level, file, horizon);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private boolean isMostlyGarbage(FileMetadata file, Horizon horizon) {
        if (file.maxVersion() > horizon.oldestReader()) {
            return false;
        }
        return file.rangeDeletions() > 0 || isWorthIt(file, file.tombstones() + file.perishable().shadowed()
                + file.perishable().expiredAt(horizon.nowMillis()));
    }

    private boolean isWorthIt(FileMetadata file, long garbage) {
        return garbage > 0 && garbage >= options.tombstoneShare() * file.entries();
    }

    private Optional<Compaction> clean(Situation situation, int level, FileMetadata file, Horizon horizon) {
        String reason = reason(file, horizon);
        boolean rewrite = isWorthIt(file, file.perishable().shadowed()) || !situation.hasDeeper(file, level);
        Compaction chosen = rewrite ? situation.inPlace(List.of(file), level, reason)
                : situation.asMove(situation.down(List.of(file), level, reason));
        return Optional.of(chosen).filter(situation.inFlight()::allows);
    }

    private static String reason(FileMetadata file, Horizon horizon) {
        return file.tombstones() + " deletions, " + file.perishable().shadowed() + " hidden and about "
                + file.perishable().expiredAt(horizon.nowMillis()) + " expired of " + file.entries() + " entries";
    }

    /** Neighbours of a sorted level that together make at most one table. */
    Optional<Compaction> pickSmall(Situation situation) {
        for (int level = Version.LEVELS - 1; level > 0; level--) {
            long size = situation.targets().tableSizes()[level];
            List<FileMetadata> run = new ArrayList<>();
            long bytes = 0;
            for (FileMetadata file : situation.version().files(level)) {
                boolean small = !situation.inFlight().isBusy(file) && file.size() <= size / MIN_SMALL;
                if ((!small || bytes + file.size() > size) && run.size() >= MIN_SMALL) {
                    break;
                }
                if (small) {
                    run.add(file);
                    bytes += file.size();
                } else {
                    run.clear();
                    bytes = 0;
                }
            }
            if (run.size() >= MIN_SMALL) {
                Compaction merged = situation.inPlace(run, level, run.size() + " small tables");
                if (situation.inFlight().allows(merged)) {
                    return Optional.of(merged);
                }
            }
        }
        return Optional.empty();
    }
}
