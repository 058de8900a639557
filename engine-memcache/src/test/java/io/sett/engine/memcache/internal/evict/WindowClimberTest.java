// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowClimberTest {

    /** A hit ratio with one peak. */
    private static double ratio(double share, double peak) {
        return 0.5 - 0.4 * Math.abs(share - peak);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.3, 0.6, 0.8})
    void findsThePeak(double peak) {
        WindowClimber climber = new WindowClimber();
        double sum = 0;
        for (int i = 0; i < 400; i++) {
            climber.observe(ratio(climber.share(), peak));
            assertThat(climber.share()).isBetween(WindowClimber.LEAST, WindowClimber.MOST);
            sum += i < 300 ? 0 : climber.share();
        }
        assertThat(sum / 100).isBetween(peak - 0.1, peak + 0.1);
    }

    @Test
    void stepsShrinkUntilTheWorkloadChanges() {
        WindowClimber climber = new WindowClimber();
        for (int i = 0; i < 300; i++) {
            climber.observe(ratio(climber.share(), 0.4));
        }
        double before = climber.share();
        climber.observe(ratio(before, 0.4));
        assertThat(Math.abs(climber.share() - before)).isLessThan(0.01);
        climber.observe(0.1);
        double turned = climber.share();
        climber.observe(0.1);
        assertThat(Math.abs(climber.share() - turned)).isGreaterThan(0.02);
    }
}
