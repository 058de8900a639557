// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.engine.lsm.internal.commit.WriteStallPolicy.Kind;
import org.junit.jupiter.api.Test;

/** When writers are held up. */
class WriteStallPolicyTest {

    private final WriteStallPolicy policy = new WriteStallPolicy(3, 10, 20);

    private Kind kind(int immutables, boolean rotates, int tables, boolean compacts) {
        return policy.decide(immutables, rotates, tables, compacts).kind();
    }

    @Test
    void nothingIsHeldUpWithoutNeed() {
        assertThat(kind(0, false, 0, true)).isEqualTo(Kind.NONE);
        assertThat(kind(2, true, 9, true)).isEqualTo(Kind.NONE);
        assertThat(kind(3, false, 9, true)).isEqualTo(Kind.NONE);
    }

    @Test
    void memtablesThatWaitStopOnlyWhoNeedsANewOne() {
        assertThat(kind(3, true, 0, true)).isEqualTo(Kind.STOP);
        assertThat(kind(4, true, 0, false)).isEqualTo(Kind.STOP);
    }

    @Test
    void theSlowDownGrowsUpToTheStop() {
        long before = 0;
        for (int tables = 10; tables < 20; tables++) {
            var decision = policy.decide(0, false, tables, true);
            assertThat(decision.kind()).isEqualTo(Kind.DELAY);
            assertThat(decision.delayNanos()).isGreaterThan(before)
                    .isLessThanOrEqualTo(WriteStallPolicy.MAX_DELAY_NANOS);
            before = decision.delayNanos();
        }
        assertThat(kind(0, false, 20, true)).isEqualTo(Kind.STOP);
        assertThat(policy.decide(0, false, 20, true).reason()).contains("20 tables").contains("limit is 20");
    }

    @Test
    void withoutCompactionTablesHoldUpNobody() {
        assertThat(kind(0, false, 1000, false)).isEqualTo(Kind.NONE);
    }

    @Test
    void aStopBelowTheSlowDownIsRefused() {
        assertThatThrownBy(() -> new WriteStallPolicy(1, 5, 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
