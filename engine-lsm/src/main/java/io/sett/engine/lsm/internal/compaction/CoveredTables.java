// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.RangeCover;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds tables of which a deleted range hides everything from every reader: they can go without being read. Costs
 * nothing where no table deletes a range, otherwise a search for each table.
 */
final class CoveredTables {

    private CoveredTables() {
    }

    /** Those of one level that no running compaction uses, empty when there are none. */
    static Optional<Compaction> pick(Version version, InFlight inFlight, TableCache tables, long oldestReader) {
        List<RangeDeletions> deletions = new ArrayList<>();
        for (FileMetadata file : version.allFiles()) {
            if (file.rangeDeletions() > 0) {
                deletions.add(tables.get(file.id()).rangeDeletions());
            }
        }
        if (deletions.isEmpty()) {
            return Optional.empty();
        }
        RangeCover cover = new RangeCover(deletions, oldestReader);
        for (int level = 0; level < Version.LEVELS; level++) {
            List<FileMetadata> covered = new ArrayList<>();
            for (FileMetadata file : version.files(level)) {
                if (!inFlight.isBusy(file) && isCovered(file, cover)) {
                    covered.add(file);
                }
            }
            if (!covered.isEmpty()) {
                return Optional.of(new Compaction(Compaction.Kind.DROP, level, level, covered, List.of(), 0,
                        "deleted ranges")).filter(inFlight::allows);
            }
        }
        return Optional.empty();
    }

    private static boolean isCovered(FileMetadata file, RangeCover cover) {
        byte[] until = cover.deadUntil(file.smallest(), 0, InternalKey.userKeyLength(file.smallest()),
                file.maxVersion());
        return until != null && InternalKey.compareUserKey(file.largest(), until) < 0;
    }
}
