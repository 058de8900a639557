// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.testkit.EngineHarness;
import io.sett.testkit.Stress;
import io.sett.testkit.fault.Fault;
import io.sett.testkit.fault.FileOperation;
import io.sett.testkit.survival.FaultSweep;
import io.sett.testkit.survival.SpaceSweep;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of the file system that fail, and full disks. */
@Timeout(3600)
class LsmFaultTest {

    /** The short form tries only some of these. */
    private static final Set<FileOperation> FREQUENT = Set.of(FileOperation.WRITE, FileOperation.FORCE, FileOperation.READ);

    @ParameterizedTest
    @EnumSource(FileOperation.class)
    void whicheverCallFailsNothingAcknowledgedIsLost(FileOperation operation) {
        for (EngineHarness harness : new EngineHarness[] {LsmHarness.inline(), LsmHarness.separating()}) {
            for (Fault fault : Fault.values()) {
                int step = Stress.times(FREQUENT.contains(operation) ? 23 : 4, 1);
                int runs = sweep(harness).step(step).run(operation, fault, false)
                        + sweep(harness).step(step).run(operation, fault, true);
                assertThat(runs).as("runs with a failing %s", operation).isPositive();
            }
        }
    }

    private static FaultSweep sweep(EngineHarness harness) {
        return new FaultSweep(harness, Stress.seed()).largestValue(8_000);
    }

    @Test
    void aFullDiskStopsWritesUntilThereIsRoomAgain() {
        for (EngineHarness harness : new EngineHarness[] {LsmHarness.inline(), LsmHarness.separating()}) {
            int levels = Stress.times(8, 100);
            assertThat(new SpaceSweep(harness, Stress.seed()).largestValue(8_000).run(levels))
                    .as("levels at which the disk was full").isGreaterThan(levels / 2);
        }
    }
}
