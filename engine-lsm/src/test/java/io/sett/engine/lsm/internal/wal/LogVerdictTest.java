// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.lsm.internal.wal.LogScan.LogDamage;
import io.sett.engine.lsm.internal.wal.LogVerdict.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The decision about the end of the logs, case by case. */
class LogVerdictTest {

    private static LogScan whole(long id, long commits, boolean vouches) {
        return new LogScan(id, Path.of(id + ".wal"), 1000, 1000, commits, commits, vouches, null);
    }

    private static LogScan damaged(boolean complete, boolean unwritten, boolean later, long forcedTo) {
        return new LogScan(2, Path.of("2.wal"), 1000, 500, 5, 5, false,
                new LogDamage(500, "broken", complete, unwritten, later, forcedTo));
    }

    private static Outcome outcome(int gapAt, LogScan... scans) {
        return LogVerdict.of(List.of(scans), gapAt).outcome();
    }

    @Test
    void wholeLogsAreKept() {
        assertThat(outcome(-1)).isEqualTo(Outcome.KEEP);
        assertThat(outcome(-1, whole(2, 1, false), whole(3, 0, false))).isEqualTo(Outcome.KEEP);
    }

    @Test
    void anUnwrittenEndIsCut() {
        assertThat(outcome(-1, damaged(false, true, false, 0))).isEqualTo(Outcome.CUT);
        assertThat(outcome(-1, damaged(false, true, true, 400))).isEqualTo(Outcome.CUT);
        assertThat(outcome(-1, damaged(false, true, false, 0), whole(3, 7, false))).isEqualTo(Outcome.CUT);
    }

    @Test
    void rubbishBehindTheLastCommitIsCut() {
        assertThat(outcome(-1, damaged(false, false, false, 0))).isEqualTo(Outcome.CUT);
    }

    @Test
    void whatALaterRecordVouchesForIsCorrupt() {
        assertThat(outcome(-1, damaged(false, true, true, 501))).isEqualTo(Outcome.CORRUPT);
        assertThat(outcome(-1, damaged(false, true, false, 0), whole(3, 7, true))).isEqualTo(Outcome.CORRUPT);
    }

    @Test
    void whatWasWrittenCompletelyIsCorrupt() {
        assertThat(outcome(-1, damaged(true, false, false, 0))).isEqualTo(Outcome.CORRUPT);
        assertThat(outcome(-1, damaged(false, false, true, 0))).isEqualTo(Outcome.CORRUPT);
        assertThat(outcome(-1, damaged(false, false, false, 0), whole(3, 1, false))).isEqualTo(Outcome.CORRUPT);
    }

    @Test
    void aGapBetweenLogsIsCutUnlessSomebodyVouches() {
        assertThat(outcome(1, whole(2, 5, false), whole(3, 7, false))).isEqualTo(Outcome.CUT);
        assertThat(outcome(1, whole(2, 5, false), whole(3, 7, true))).isEqualTo(Outcome.CORRUPT);
        LogVerdict verdict = LogVerdict.of(List.of(whole(2, 5, false), whole(3, 7, false)), 1);
        assertThat(verdict.log()).isZero();
        assertThat(verdict.offset()).isEqualTo(1000);
    }
}
