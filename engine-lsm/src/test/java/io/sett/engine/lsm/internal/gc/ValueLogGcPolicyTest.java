// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.lsm.internal.base.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which files are worth emptying. */
class ValueLogGcPolicyTest {

    private static SegmentState file(long id, long size, long live, long values) {
        return new SegmentState(id, size, live, values);
    }

    private static List<Long> ids(List<SegmentState> segments) {
        return segments.stream().map(SegmentState::id).toList();
    }

    @Test
    void byItselfOnlyWhatIsMostlyDeadTheEmptiestFirst() {
        List<SegmentState> files = List.of(file(1, 1000, 301, 1), file(2, 1000, 300, 1), file(3, 1000, 0, 0),
                file(4, 1000, 1000, 1), file(5, 500, 50, 1));

        assertThat(ids(ValueLogGcPolicy.mostlyDead(files, 0.7))).containsExactly(3L, 5L, 2L);
        assertThat(ids(ValueLogGcPolicy.mostlyDead(files, 0.99))).containsExactly(3L);
        assertThat(ValueLogGcPolicy.mostlyDead(List.of(), 0.1)).isEmpty();
    }

    @Test
    void byHandAsManyAsItTakesTheEmptiestFirst() {
        long mib = 1 << 20;
        List<SegmentState> files = List.of(file(1, 10 * mib, 9 * mib, 100), file(2, 10 * mib, 10 * mib, 100),
                file(3, 10 * mib, mib, 10), file(4, 10 * mib, 8 * mib, 80));

        // 28 MiB are alive, so that about 7 may be dead; 12 are.
        assertThat(ids(ValueLogGcPolicy.untilLittleIsDead(files))).containsExactly(3L);
        assertThat(ValueLogGcPolicy.untilLittleIsDead(files.subList(0, 2))).isEmpty();
    }

    @Test
    void smallValuesAllowLessSinceTablesTakeMore() {
        List<SegmentState> large = List.of(file(1, 1_200_000, 1_000_000, 100));
        List<SegmentState> small = List.of(file(1, 1_200_000, 1_000_000, 10_000));

        assertThat(ValueLogGcPolicy.untilLittleIsDead(large)).isEmpty();
        assertThat(ids(ValueLogGcPolicy.untilLittleIsDead(small))).containsExactly(1L);
    }

    @Test
    void whatIsLeftByHandIsNeverMoreThanAllowed() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int run = 0; run < 2000; run++) {
            List<SegmentState> files = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                int size = 100 + random.nextInt(1_000_000);
                long live = (long) (size * Math.min(1, random.nextDouble() * 1.3));
                files.add(file(i, size, live, live / (20 + random.nextInt(5000))));
            }
            List<SegmentState> chosen = ValueLogGcPolicy.untilLittleIsDead(files);
            List<SegmentState> left = new ArrayList<>(files);
            left.removeAll(chosen);
            long dead = left.stream().mapToLong(SegmentState::deadBytes).sum();
            assertThat(dead).as(Seeds.replay(seed)).isLessThanOrEqualTo(ValueLogGcPolicy.allowedDeadBytes(files));
            if (!chosen.isEmpty()) {
                long before = dead + chosen.get(chosen.size() - 1).deadBytes();
                assertThat(before).as(Seeds.replay(seed)).isGreaterThan(ValueLogGcPolicy.allowedDeadBytes(files));
            }
        }
    }

    @Test
    void theReportSaysWhyAFileStaysAndWhatARunWouldFree() {
        ValueLogReport report = new ValueLogReport(List.of(file(7, 1000, 1000, 3), file(8, 1000, 600, 2),
                file(9, 1000, 100, 1)), 0.7);

        assertThat(report.bytes()).isEqualTo(3000);
        assertThat(report.liveBytes()).isEqualTo(1700);
        assertThat(report.freedByARun()).isEqualTo(1300);
        assertThat(report.lines()).hasSize(3);
        assertThat(report.lines().get(0)).contains("file 7", "all of it is alive");
        assertThat(report.lines().get(1)).contains("400 dead (40.0 %)", "less than 70 % is dead");
        assertThat(report.lines().get(2)).contains("worth collecting");
        assertThat(report.toString()).contains("3 files, 3000 bytes, 1700 alive; a collection would free 1300");
    }
}
