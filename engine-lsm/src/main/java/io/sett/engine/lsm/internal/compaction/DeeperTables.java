// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.base.Retention;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which keys may have older entries in tables that a compaction does not read: those of deeper levels, and for a
 * compaction within level 0 the other tables there. Keys are asked for in ascending order, so a pointer per level moves
 * along. One thread.
 */
final class DeeperTables implements Retention.Deeper, RangeDeletions.Older {

    private final List<FileMetadata> others = new ArrayList<>();
    private final List<List<FileMetadata>> levels = new ArrayList<>();
    private final int[] positions;

    DeeperTables(Version version, Compaction compaction) {
        Set<Long> inputs = new HashSet<>();
        for (FileMetadata file : compaction.allInputs()) {
            inputs.add(file.id());
        }
        if (compaction.outputLevel() == 0) {
            for (FileMetadata file : version.files(0)) {
                if (!inputs.contains(file.id())) {
                    others.add(file);
                }
            }
        }
        // Between input and output level there may be tables too when level 0 skips empty levels; ask them all.
        for (int level = compaction.inputLevel() + 1; level < Version.LEVELS; level++) {
            List<FileMetadata> files = new ArrayList<>(version.files(level));
            files.removeIf(file -> inputs.contains(file.id()));
            if (!files.isEmpty()) {
                levels.add(files);
            }
        }
        positions = new int[levels.size()];
    }

    @Override
    public List<RangeDeletions.Deletion> parts(byte[] start, byte[] end, long version) {
        List<RangeDeletions.Deletion> parts = new ArrayList<>();
        addParts(others, start, end, version, parts);
        for (List<FileMetadata> level : levels) {
            addParts(level, start, end, version, parts);
        }
        return parts;
    }

    private static void addParts(List<FileMetadata> files, byte[] start, byte[] end, long version,
            List<RangeDeletions.Deletion> parts) {
        for (FileMetadata file : files) {
            if (file.minVersion() < version && InternalKey.compareUserKey(file.largest(), start) >= 0
                    && InternalKey.compareUserKey(file.smallest(), end) < 0) {
                byte[] low = file.smallestUserKey();
                byte[] high = Arrays.copyOf(file.largest(), InternalKey.userKeyLength(file.largest()) + 1);
                high[high.length - 1] = 0;
                parts.add(new RangeDeletions.Deletion(Arrays.compareUnsigned(low, start) > 0 ? low : start,
                        Arrays.compareUnsigned(high, end) < 0 ? high : end, version));
            }
        }
    }

    @Override
    public boolean mayContain(byte[] key, int offset, int length) {
        for (FileMetadata file : others) {
            if (InternalKey.compareUserKey(file.smallest(), key, offset, length) <= 0
                    && InternalKey.compareUserKey(file.largest(), key, offset, length) >= 0) {
                return true;
            }
        }
        for (int i = 0; i < positions.length; i++) {
            List<FileMetadata> files = levels.get(i);
            int at = positions[i];
            while (at < files.size() && InternalKey.compareUserKey(files.get(at).largest(), key, offset, length) < 0) {
                at++;
            }
            positions[i] = at;
            if (at < files.size() && InternalKey.compareUserKey(files.get(at).smallest(), key, offset, length) <= 0) {
                return true;
            }
        }
        return false;
    }
}
