// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.engine.lsm.internal.commit.WriteStallPolicy.Decision;
import io.sett.engine.lsm.internal.commit.WriteStallPolicy.Kind;
import io.sett.engine.lsm.internal.commit.WriteStallPolicy.Load;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When writers are held up, and how much. */
class WriteStallPolicyTest {

    private final WriteStallPolicy policy = new WriteStallPolicy(4, 10, 20, 1000, 2000);

    /** Memtables that wait, fullness, whether one more is needed, tables of level 0, pending bytes, compaction; result. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5, false, 0,    0,    true,  NONE, 0,   ''",
        "2, 1.0, true,  9,    999,  true,  NONE, 0,   ''",
        "3, 0.0, false, 0,    0,    true,  SLOW, 256, memtables wait",
        "3, 1.0, false, 0,    0,    true,  SLOW, 16,  memtables wait",
        "4, 0.0, false, 0,    0,    true,  SLOW, 16,  memtables wait",
        "4, 1.0, false, 0,    0,    false, SLOW, 1,   memtables wait",
        "4, 1.0, true,  0,    0,    true,  STOP, 0,   4 memtables wait to be flushed",
        "9, 1.0, true,  0,    0,    false, STOP, 0,   9 memtables wait to be flushed",
        "0, 0.0, false, 10,   0,    true,  SLOW, 256, 10 tables in level 0",
        "0, 0.0, false, 15,   0,    true,  SLOW, 16,  15 tables in level 0",
        "0, 0.0, false, 20,   0,    true,  STOP, 0,   'level 0, the limit is 20'",
        "0, 0.0, false, 0,    1000, true,  SLOW, 256, 1000 bytes behind",
        "0, 0.0, false, 12,   1500, true,  SLOW, 16,  1500 bytes behind",
        "0, 0.0, false, 0,    2000, true,  STOP, 0,   2000 bytes behind",
        "0, 0.0, false, 1000, 9999, false, NONE, 0,   ''",
    })
    void decides(int immutables, double fullness, boolean rotates, int tables, long pending, boolean compacts,
            Kind kind, long mebibytes, String reason) {
        Decision decision = policy.decide(new Load(immutables, fullness, rotates, tables, pending, compacts));
        assertThat(decision.kind()).isEqualTo(kind);
        assertThat(decision.bytesPerSecond()).isEqualTo(mebibytes << 20);
        assertThat(decision.reason()).contains(reason);
        if (policy.isCalm(immutables, tables, pending)) {
            assertThat(kind).as("a glance and a close look agree").isEqualTo(Kind.NONE);
        }
    }

    @Test
    void writersBecomeSlowerUpToTheStop() {
        long before = Long.MAX_VALUE;
        for (int tables = 10; tables < 20; tables++) {
            long speed = policy.decide(new Load(0, 0, false, tables, 0, true)).bytesPerSecond();
            assertThat(speed).isLessThan(before).isGreaterThan(WriteStallPolicy.SLOWEST);
            before = speed;
        }
    }

    @Test
    void aSingleMemtableIsEnough() {
        WriteStallPolicy one = new WriteStallPolicy(1, 10, 20, 1000, 2000);
        assertThat(one.decide(new Load(0, 1, true, 0, 0, true)).kind()).isEqualTo(Kind.NONE);
        assertThat(one.decide(new Load(1, 0.5, false, 0, 0, true)).bytesPerSecond()).isEqualTo(16 << 20);
        assertThat(one.decide(new Load(1, 1, true, 0, 0, true)).kind()).isEqualTo(Kind.STOP);
    }

    @Test
    void aStopBelowTheSlowDownIsRefused() {
        assertThatThrownBy(() -> new WriteStallPolicy(1, 5, 5, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WriteStallPolicy(1, 5, 6, 2, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pausesAreMadeWhenTheyAreWorthIt() {
        WriteThrottle throttle = new WriteThrottle();
        assertThat(throttle.owe(100_000, 1_000_000_000)).as("a tenth of a millisecond").isZero();
        assertThat(throttle.owe(400_000, 1_000_000_000)).isEqualTo(500_000);
        throttle.paid(600_000);
        assertThat(throttle.owe(499_000, 1_000_000_000)).isZero();
        assertThat(throttle.owe(1 << 30, 1)).as("never longer than a tenth of a second")
                .isEqualTo(WriteThrottle.LONGEST_NANOS);
        throttle.forget();
        assertThat(throttle.owe(0, 1)).isZero();
    }
}
