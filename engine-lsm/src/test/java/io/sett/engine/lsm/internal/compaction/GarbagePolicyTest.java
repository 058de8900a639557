// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.table.ValueReferences;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Perishable;
import io.sett.engine.lsm.internal.version.Version;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tables are compacted although no level is full. */
class GarbagePolicyTest {

    private static final long MIB = 1 << 20;
    private static final LeveledPolicy POLICY = new LeveledPolicy(CompactionOptions.DEFAULTS);

    private static FileMetadata file(long id, int level, int from, int to, long size, long tombstones,
            Perishable perishable) {
        return new FileMetadata(id, level, size, InternalKey.encode(new byte[] {(byte) from}, id, 1),
                InternalKey.encode(new byte[] {(byte) to}, id, 1), id, id, 100, tombstones, 0, 0,
                ValueReferences.NONE, perishable);
    }

    /**
     * A table of version 50 with 100 entries in level 5, something below it or not; deletions, hidden, expiring from and
     * to; oldest reader and time; what happens.
     */
    @ParameterizedTest
    @CsvSource({
        "no deeper, 0, 0, 0 0 0,         50, 0,    -",
        "no deeper, 49, 0, 0 0 0,        50, 0,    -",
        "no deeper, 50, 0, 0 0 0,        50, 0,    IN_PLACE",
        "no deeper, 50, 0, 0 0 0,        49, 0,    -",
        "deeper,    50, 0, 0 0 0,        50, 0,    DOWN",
        "beside,    50, 0, 0 0 0,        50, 0,    IN_PLACE",
        "no deeper, 0, 50, 0 0 0,        50, 0,    IN_PLACE",
        "deeper,    0, 50, 0 0 0,        50, 0,    IN_PLACE",
        "deeper,    0, 50, 0 0 0,        49, 0,    -",
        "no deeper, 0, 0, 100 10 20,     50, 9,    -",
        "no deeper, 0, 0, 100 10 20,     50, 14,   -",
        "no deeper, 0, 0, 100 10 20,     50, 15,   IN_PLACE",
        "deeper,    0, 0, 100 10 20,     50, 20,   DOWN",
        "no deeper, 0, 0, 49 10 20,      50, 1000, -",
        "no deeper, 20, 20, 10 10 20,    50, 1000, IN_PLACE",
        "no deeper, 20, 20, 10 10 20,    50, 10,   -",
    })
    void garbageIsFound(String deeper, long tombstones, long shadowed, String expiry, long oldest, long now,
            String expected) {
        String[] expiring = expiry.split(" ");
        Perishable perishable = new Perishable(shadowed, Long.parseLong(expiring[0]), Long.parseLong(expiring[1]),
                Long.parseLong(expiring[2]));
        List<FileMetadata> files = new ArrayList<>(List.of(file(50, 5, 10, 20, MIB, tombstones, perishable)));
        if (!deeper.equals("no deeper")) {
            files.add(file(40, 6, deeper.equals("deeper") ? 15 : 21, 30, MIB, 0, Perishable.NONE));
        }
        String found = POLICY.pick(Version.of(files), InFlight.NONE, new Horizon(oldest, now))
                .map(compaction -> compaction.kind().name()).orElse("-");
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void manySmallNeighboursBecomeOne() {
        List<FileMetadata> files = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            files.add(file(i + 1, 6, 2 * i, 2 * i + 1, i == 9 ? 2 * MIB : MIB / 8, 0, Perishable.NONE));
        }
        Compaction chosen = POLICY.pick(Version.of(files), InFlight.NONE, new Horizon(100, 0)).orElseThrow();
        assertThat(chosen.kind()).isEqualTo(Compaction.Kind.IN_PLACE);
        assertThat(chosen.inputs()).containsExactlyElementsOf(files.subList(0, 9));
        Compaction second = POLICY.pick(Version.of(files), InFlight.NONE.with(chosen), new Horizon(100, 0))
                .orElseThrow();
        assertThat(second.inputs()).containsExactlyElementsOf(files.subList(10, 20));
        assertThat(POLICY.pick(Version.of(files.subList(9, 17)), InFlight.NONE, new Horizon(100, 0))).isEmpty();
    }

    @Test
    void expiriesAreTakenAsSpreadEvenly() {
        Perishable perishable = new Perishable(0, 1000, 100, 200);
        assertThat(perishable.expiredAt(99)).isZero();
        assertThat(perishable.expiredAt(100)).isZero();
        assertThat(perishable.expiredAt(150)).isEqualTo(500);
        assertThat(perishable.expiredAt(200)).isEqualTo(1000);
        assertThat(Perishable.NONE.expiredAt(Long.MAX_VALUE)).isZero();
        assertThat(new Perishable(0, 7, 100, 100).expiredAt(100)).isEqualTo(7);
    }
}
