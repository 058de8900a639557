// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

import io.sett.engine.lsm.internal.wal.LogScan.LogDamage;
import java.util.List;

/**
 * What to do about the end of the logs: a pure decision over what was found in them.
 *
 * @param outcome what to do
 * @param log index of the log that is concerned; for KEEP the last one
 * @param offset where to cut, or where the damage is
 * @param reason in words
 */
public record LogVerdict(Outcome outcome, int log, long offset, String reason) {

    /** What to do. */
    public enum Outcome {
        /** Everything is whole. */
        KEEP,
        /** Cut the log at the offset and drop the later logs: nobody vouches for what is behind. */
        CUT,
        /** Something that was on the device is damaged. */
        CORRUPT
    }

    /**
     * Decides.
     *
     * @param scans all logs in order; a log behind a damaged one may have been scanned without regard to its versions
     * @param gapAt index of the log whose first version does not follow the one before it, -1 for none
     */
    public static LogVerdict of(List<LogScan> scans, int gapAt) {
        for (int i = 0; i < scans.size(); i++) {
            LogScan scan = scans.get(i);
            boolean laterVouches = false;
            boolean laterCommits = false;
            for (int j = i + 1; j < scans.size(); j++) {
                LogScan later = scans.get(j);
                laterVouches |= later.vouches();
                laterCommits |= later.commits() > 0;
                LogDamage damage = later.damage();
                if (damage != null) {
                    laterVouches |= damage.laterForcedTo() > 0;
                    laterCommits |= damage.later();
                }
            }
            LogDamage damage = scan.damage();
            if (damage != null) {
                return judge(i, damage, laterVouches, laterCommits);
            }
            if (gapAt == i + 1) {
                return laterVouches
                        ? new LogVerdict(Outcome.CORRUPT, i, scan.end(), "commits behind version "
                                + scan.lastVersion() + " are missing, which were on the device")
                        : new LogVerdict(Outcome.CUT, i, scan.end(), "commits behind version " + scan.lastVersion()
                                + " did not reach the device");
            }
        }
        int last = scans.size() - 1;
        return new LogVerdict(Outcome.KEEP, last, last < 0 ? 0 : scans.get(last).end(), "whole");
    }

    private static LogVerdict judge(int log, LogDamage damage, boolean laterVouches, boolean laterCommits) {
        boolean vouched = laterVouches || damage.laterForcedTo() > damage.offset();
        boolean later = laterCommits || damage.later();
        if (vouched) {
            return new LogVerdict(Outcome.CORRUPT, log, damage.offset(),
                    damage.what() + ", in a part of the log that was on the device");
        }
        if (!damage.unwritten() && (damage.complete() || later)) {
            return new LogVerdict(Outcome.CORRUPT, log, damage.offset(),
                    damage.what() + ", although all of it had been written");
        }
        return new LogVerdict(Outcome.CUT, log, damage.offset(), damage.what());
    }
}
