// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must hold for the tables of a version, by reading all of them: levels below 0 are sorted and disjoint, tables
 * are what their metadata says, and of each key the deeper table has the older versions.
 */
public final class LevelInvariants {

    private LevelInvariants() {
    }

    /** Fails when something does not hold. The version must be held. */
    public static void check(Version version, TableCache tables, String hint) {
        TreeMap<byte[], Long> lowest = new TreeMap<>(Arrays::compareUnsigned);
        for (int level = 0; level < Version.LEVELS; level++) {
            List<FileMetadata> files = version.files(level);
            for (int i = 1; level > 0 && i < files.size(); i++) {
                assertThat(InternalKey.compareUserKeys(files.get(i - 1).largest(), files.get(i).smallest()))
                        .as("%s: %s and %s", hint, files.get(i - 1), files.get(i)).isNegative();
            }
            Map<byte[], Long> ofLevel = level == 0 ? lowest : new TreeMap<>(Arrays::compareUnsigned);
            for (FileMetadata file : files) {
                checkTable(file, tables, lowest, ofLevel, hint);
            }
            if (level > 0) {
                lowest.putAll(ofLevel);
            }
        }
    }

    private static void checkTable(FileMetadata file, TableCache tables, Map<byte[], Long> above,
            Map<byte[], Long> lowest, String hint) {
        long entries = 0;
        long tombstones = 0;
        long shadowed = 0;
        Map<byte[], Long> found = new TreeMap<>(Arrays::compareUnsigned);
        byte[] last = null;
        try (InternalCursor cursor = tables.get(file.id()).cursor(false)) {
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                byte[] flat = cursor.internalKey();
                byte[] key = InternalKey.userKey(flat);
                long version = InternalKey.version(cursor.trailer());
                assertThat(last == null || InternalKey.compare(last, flat) < 0)
                        .as("%s: order in %s", hint, file).isTrue();
                assertThat(file.locate(key)).as("%s: %s in %s", hint, InternalKey.describe(flat), file).isZero();
                assertThat(version).as(hint).isBetween(file.minVersion(), file.maxVersion());
                Long newer = above.get(key);
                assertThat(newer == null || newer > version).as("%s: %s in %s lies below version %s", hint,
                        InternalKey.describe(flat), file, newer).isTrue();
                entries++;
                tombstones += InternalKey.kind(cursor.trailer()) == EntryKind.DELETE ? 1 : 0;
                shadowed += last != null && Bytes.equal(last, 0, InternalKey.userKeyLength(last), key, 0, key.length)
                        ? 1 : 0;
                found.put(key, version);
                last = flat;
            }
        }
        assertThat(List.of(entries, tombstones, shadowed)).as("%s: %s", hint, file)
                .isEqualTo(List.of(file.entries(), file.tombstones(), file.perishable().shadowed()));
        lowest.putAll(found);
    }
}
