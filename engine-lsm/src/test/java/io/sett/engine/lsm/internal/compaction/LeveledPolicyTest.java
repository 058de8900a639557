// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeveledPolicyTest {

    private static final long MIB = 1 << 20;
    private static final LeveledPolicy POLICY = new LeveledPolicy(CompactionOptions.DEFAULTS);

    private long nextId = 1;

    private FileMetadata file(int level, int from, int to, long size) {
        return file(level, from, to, size, 100, 0);
    }

    private FileMetadata file(int level, int from, int to, long size, long entries, long tombstones) {
        long id = nextId++;
        return new FileMetadata(id, level, size, InternalKey.encode(new byte[] {(byte) from}, id, 1),
                InternalKey.encode(new byte[] {(byte) to}, id, 1), id, id, entries, tombstones, 0);
    }

    /** Sizes of levels 1 to 6 in MiB; base level and targets as Badger v4 computes them. */
    @ParameterizedTest
    @CsvSource({
        "0 0 0 0 0 0,       6, 10 10 10 10 10 10",
        "0 0 0 0 0 5,       6, 10 10 10 10 10 10",
        "0 0 0 0 0 10,      6, 10 10 10 10 10 10",
        "0 0 0 0 0 100,     5, 10 10 10 10 10 100",
        "0 0 0 0 0 1000,    5, 10 10 10 10 100 1000",
        "0 0 0 0 5 1000,    5, 10 10 10 10 100 1000",
        "0 0 0 0 200 1000,  4, 10 10 10 10 100 1000",
        "0 0 0 3 50 1000,   4, 10 10 10 10 100 1000",
        "0 0 0 0 0 100000,  5, 10 10 100 1000 10000 100000",
    })
    void targetsGrowFromTheLastLevelUp(String sizes, int base, String targets) {
        List<FileMetadata> files = new ArrayList<>();
        String[] levels = sizes.split(" ");
        for (int i = 0; i < levels.length; i++) {
            if (!levels[i].equals("0")) {
                files.add(file(i + 1, 0, 100, Long.parseLong(levels[i]) * MIB));
            }
        }
        LevelTargets found = LevelTargets.of(Version.of(files), CompactionOptions.DEFAULTS);
        assertThat(found.baseLevel()).isEqualTo(base);
        String[] expected = targets.split(" ");
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.sizes()[i + 1]).isEqualTo(Long.parseLong(expected[i]) * MIB);
        }
    }

    @Test
    void aQuietStoreIsLeftAlone() {
        assertThat(POLICY.pick(Version.empty(), InFlight.NONE, at(100))).isEmpty();
        Version calm = Version.of(List.of(file(0, 1, 5, MIB), file(0, 3, 9, MIB), file(6, 0, 99, 5 * MIB)));
        assertThat(POLICY.pick(calm, InFlight.NONE, at(100))).isEmpty();
        assertThat(POLICY.scores(calm, InFlight.NONE)[0]).isEqualTo(0.4);
        assertThat(POLICY.scores(calm, InFlight.NONE)[6]).isEqualTo(0.5);
    }

    private static Horizon at(long oldestReader) {
        return new Horizon(oldestReader, 0);
    }

    private List<FileMetadata> level0(int tables) {
        List<FileMetadata> files = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            files.add(file(0, 10, 20, MIB));
        }
        return files;
    }

    /**
     * Tables in level 0, sizes of levels 1 to 6 in MiB; level:score:adjusted of what is urgent, as the rules of Badger v4
     * and Pebble give them: each score over that of the next level from the base level on.
     */
    @ParameterizedTest
    @CsvSource({
        "4,  0 0 0 0 0 0,      ''",
        "5,  0 0 0 0 0 0,      '0:1.00:100.00'",
        "10, 0 0 0 0 0 20,     '0:2.00:200.00'",
        "10, 0 0 0 0 0 9,      '0:2.00:2.22'",
        "10, 0 0 0 0 40 1000,  '0:2.00:5.00'",
        "5,  0 0 0 0 400 1000, '5:4.00:4.00 0:1.00:100.00'",
        "5,  0 0 0 40 400 1000, '4:4.00:1.00 5:4.00:4.00 0:1.00:0.25'",
    })
    void urgencyIsWeighedAgainstTheNextLevel(int level0, String sizes, String expected) {
        List<FileMetadata> files = level0(level0);
        String[] levels = sizes.split(" ");
        for (int i = 0; i < levels.length; i++) {
            if (!levels[i].equals("0")) {
                files.add(file(i + 1, 0, 100, Long.parseLong(levels[i]) * MIB));
            }
        }
        Situation situation = Situation.of(Version.of(files), InFlight.NONE, CompactionOptions.DEFAULTS);
        List<String> found = new ArrayList<>();
        for (LeveledPolicy.Urgency urgency : POLICY.urgencies(situation)) {
            found.add(String.format(Locale.ROOT, "%d:%.2f:%.2f", urgency.level(), urgency.score(), urgency.adjusted()));
        }
        assertThat(found).containsExactlyInAnyOrder(expected.isEmpty() ? new String[0] : expected.split(" "));
        assertThat(POLICY.urgencies(situation)).isSortedAccordingTo(
                Comparator.comparingDouble(LeveledPolicy.Urgency::adjusted).reversed());
    }

    @Test
    void whatIsTooMuchIsCountedAsPending() {
        assertThat(POLICY.pendingBytes(Version.empty())).isZero();
        List<FileMetadata> files = level0(4);
        files.add(file(5, 0, 100, 130 * MIB));
        files.add(file(6, 0, 100, 1000 * MIB));
        assertThat(POLICY.pendingBytes(Version.of(files))).isEqualTo(30 * MIB);
        files.add(file(0, 0, 100, MIB));
        assertThat(POLICY.pendingBytes(Version.of(files))).isEqualTo(35 * MIB);
    }

    @Test
    void level0MovesWhenNothingSharesAKey() {
        List<FileMetadata> files = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            files.add(file(0, 10 * i, 10 * i + 9, MIB));
        }
        FileMetadata other = file(6, 60, 70, MIB);
        files.add(other);
        Compaction chosen = POLICY.pick(Version.of(files), InFlight.NONE, at(0)).orElseThrow();
        assertThat(chosen.kind()).isEqualTo(Compaction.Kind.MOVE);
        assertThat(chosen.inputLevel()).isZero();
        assertThat(chosen.outputLevel()).isEqualTo(6);
        assertThat(chosen.inputs()).hasSize(5).doesNotContain(other);
        files.add(file(0, 9, 10, MIB));
        assertThat(POLICY.pick(Version.of(files), InFlight.NONE, at(0)).orElseThrow().kind())
                .isEqualTo(Compaction.Kind.LEVEL0_TO_BASE);
    }

    @Test
    void level0GoesDownAsAWholeWithWhatItOverlaps() {
        List<FileMetadata> files = level0(5);
        FileMetadata inside = file(6, 15, 16, MIB);
        FileMetadata outside = file(6, 21, 30, MIB);
        files.add(inside);
        files.add(outside);
        Compaction chosen = POLICY.pick(Version.of(files), InFlight.NONE, at(0)).orElseThrow();
        assertThat(chosen.kind()).isEqualTo(Compaction.Kind.LEVEL0_TO_BASE);
        assertThat(chosen.outputLevel()).isEqualTo(6);
        assertThat(chosen.inputs()).hasSize(5);
        assertThat(chosen.overlapped()).containsExactly(inside);
    }

    @Test
    void level0MergesWithinItselfWhileTheBaseLevelIsBusy() {
        List<FileMetadata> old = level0(5);
        Version before = Version.of(old);
        Compaction running = POLICY.pick(before, InFlight.NONE, at(0)).orElseThrow();
        List<FileMetadata> more = new ArrayList<>(old);
        List<FileMetadata> young = level0(4);
        more.addAll(young);
        Compaction chosen = POLICY.pick(Version.of(more), InFlight.NONE.with(running), at(0)).orElseThrow();
        assertThat(chosen.kind()).isEqualTo(Compaction.Kind.WITHIN_LEVEL0);
        assertThat(chosen.inputs()).containsExactlyInAnyOrderElementsOf(young);
        assertThat(POLICY.pick(Version.of(more), InFlight.NONE.with(running).with(chosen), at(0))).isEmpty();
    }

    @Test
    void aFullLevelSendsDownTheTableThatDragsLeast() {
        FileMetadata costly = file(5, 0, 9, 8 * MIB);
        FileMetadata cheap = file(5, 10, 19, 8 * MIB);
        List<FileMetadata> files = List.of(costly, cheap, file(6, 0, 4, 20 * MIB), file(6, 5, 9, 20 * MIB),
                file(6, 10, 12, 4 * MIB), file(6, 50, 60, 5 * MIB));
        Compaction chosen = POLICY.pick(Version.of(files), InFlight.NONE, at(0)).orElseThrow();
        assertThat(chosen.kind()).isEqualTo(Compaction.Kind.DOWN);
        assertThat(chosen.inputs()).containsExactly(cheap);
        assertThat(chosen.outputLevel()).isEqualTo(6);
        Compaction second = POLICY.pick(Version.of(files), InFlight.NONE.with(chosen), at(0)).orElse(null);
        assertThat(second).as("what is left is below its target").isNull();
    }

    @Test
    void aTableThatOverlapsNothingMoves() {
        FileMetadata lonely = file(5, 90, 99, 12 * MIB);
        Version version = Version.of(List.of(lonely, file(6, 0, 50, 40 * MIB)));
        Compaction chosen = POLICY.pick(version, InFlight.NONE, at(0)).orElseThrow();
        assertThat(chosen.kind()).isEqualTo(Compaction.Kind.MOVE);
        assertThat(chosen.inputs()).containsExactly(lonely);
    }

    @Test
    void runningCompactionsShareNeitherTablesNorKeys() {
        List<FileMetadata> files = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            files.add(file(5, i * 5, i * 5 + 4, 4 * MIB));
            files.add(file(6, i * 5 + 1, i * 5 + 3, 5 * MIB));
        }
        Version version = Version.of(files);
        InFlight inFlight = InFlight.NONE;
        for (int i = 0; i < 4; i++) {
            Compaction chosen = POLICY.pick(version, inFlight, at(0)).orElseThrow();
            for (Compaction other : inFlight.running()) {
                assertThat(KeySpan.of(chosen.allInputs()).overlaps(KeySpan.of(other.allInputs()))).isFalse();
                assertThat(chosen.allInputs()).doesNotContainAnyElementsOf(other.allInputs());
            }
            inFlight = inFlight.with(chosen);
        }
        assertThat(inFlight.running()).hasSize(4);
        for (Compaction compaction : inFlight.running()) {
            inFlight = inFlight.without(compaction);
        }
        assertThat(inFlight.running()).isEmpty();
    }

    @Test
    void deletionsAreCompactedOnlyWhenAllCanGo() {
        FileMetadata deletions = file(6, 0, 9, MIB, 100, 60);
        Version version = Version.of(List.of(deletions));
        assertThat(POLICY.pick(version, InFlight.NONE, at(deletions.maxVersion() - 1))).isEmpty();
        Compaction chosen = POLICY.pick(version, InFlight.NONE, at(deletions.maxVersion())).orElseThrow();
        assertThat(chosen.kind()).isEqualTo(Compaction.Kind.IN_PLACE);
        FileMetadata few = file(6, 0, 9, MIB, 100, 40);
        assertThat(POLICY.pick(Version.of(List.of(few)), InFlight.NONE, at(1000))).isEmpty();
    }

    @Test
    void deletionsAboveDataArePushedDown() {
        FileMetadata deletions = file(4, 0, 9, MIB, 100, 100);
        Version version = Version.of(List.of(deletions, file(6, 0, 9, 5 * MIB)));
        Compaction chosen = POLICY.pick(version, InFlight.NONE, at(1000)).orElseThrow();
        assertThat(chosen.kind()).isEqualTo(Compaction.Kind.MOVE);
        assertThat(chosen.outputLevel()).isEqualTo(5);
    }

    @Test
    void aManualCompactionTouchesItsRangeOnly() {
        FileMetadata inside = file(5, 10, 19, MIB);
        FileMetadata below = file(6, 12, 14, MIB);
        Version version = Version.of(List.of(inside, file(5, 30, 39, MIB), below, file(6, 30, 39, MIB)));
        KeyLimits range = new KeyLimits(new byte[] {11}, new byte[] {13});
        Compaction chosen = POLICY.pickManual(version, InFlight.NONE, range, Set.of(1L, 2L, 3L, 4L), 100).compaction()
                .orElseThrow();
        assertThat(chosen.allInputs()).containsExactly(inside, below);
        CompactionPolicy.ManualStep wait = POLICY.pickManual(version, InFlight.NONE.with(chosen), range,
                Set.of(1L), 100);
        assertThat(wait.done()).isFalse();
        assertThat(wait.compaction()).isEmpty();
        KeyLimits nowhere = new KeyLimits(new byte[] {50}, null);
        assertThat(POLICY.pickManual(version, InFlight.NONE, nowhere, Set.of(), 100).done()).isTrue();
    }
}
