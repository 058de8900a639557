// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.survival;

import io.sett.api.common.Durability;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.Stress;
import io.sett.testkit.fault.CrashModel;
import io.sett.testkit.survival.CrashCheck;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Power cuts at any moment, with values inline, separated and mixed, forced and not. */
@Timeout(3600)
class LsmCrashTest {

    /** Values, what the file system promises, durability, images in the long form. */
    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("inline", CrashModel.JOURNALLED, Durability.SYNC, 7_000),
                Arguments.of("mixed", CrashModel.JOURNALLED, Durability.SYNC, 7_000),
                Arguments.of("large", CrashModel.JOURNALLED, Durability.SYNC, 6_000),
                Arguments.of("inline", CrashModel.STRICT, Durability.SYNC, 2_000),
                Arguments.of("mixed", CrashModel.STRICT, Durability.SYNC, 2_000),
                Arguments.of("large", CrashModel.STRICT, Durability.SYNC, 1_000),
                Arguments.of("inline", CrashModel.STRICT, Durability.PROCESS, 2_500),
                Arguments.of("mixed", CrashModel.STRICT, Durability.PROCESS, 2_500));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyCrashLeavesTheFirstCommits(String values, CrashModel model, Durability durability, int images) {
        EngineHarness harness = values.equals("inline") ? LsmHarness.inline() : LsmHarness.separating();
        int largest = values.equals("large") ? 8_000 : 1_500;
        int rounds = Stress.times(1, images / 250);
        for (int round = 0; round < rounds; round++) {
            new CrashCheck(harness, Stress.seed()).model(model).durability(durability).largestValue(largest)
                    .sizes(Stress.times(120, 250), Stress.times(40, 250)).run();
        }
    }
}
