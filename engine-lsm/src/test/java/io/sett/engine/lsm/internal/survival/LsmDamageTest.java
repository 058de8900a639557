// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.testkit.Stress;
import io.sett.testkit.survival.Damage;
import io.sett.testkit.survival.DamageSweep;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files of closed and unclosed stores. */
@Timeout(3600)
class LsmDamageTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void damageIsToldOrHarmlessAndNeverWrongData(boolean closed) {
        DamageSweep.Result result = new DamageSweep(LsmHarness.separating(), Stress.seed(), closed)
                .largestValue(2_000).run(Stress.times(5, 1_000));
        assertThat(result.located()).as("errors that name the file: %s", result).isGreaterThan(
                result.reported() * 95 / 100);
        assertThat(result.flipsReported()).as("flipped bits told: %s", result).isPositive();
        assertThat(result.silent(Damage.FLIP)).as("flipped bits that cost commits and were not told: %s", result)
                .isZero();
    }
}
