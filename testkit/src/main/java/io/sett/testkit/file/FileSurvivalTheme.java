// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.testkit.Stress;
import io.sett.testkit.Theme;
import io.sett.testkit.fault.CrashModel;
import io.sett.testkit.survival.FileCrashCheck;
import org.junit.jupiter.api.Test;

/** Power cuts, on the file system of the kit, for engines that keep their files. */
@Theme("power cuts")
public interface FileSurvivalTheme extends FileTheme {

    @Test
    default void powerCutsLeaveWholeFiles() {
        assertThat(store().isOpen()).isTrue();
        if (offers(Capability.PERSISTENT) && offers(Capability.SYNC_WRITES) && keepsFilesByPath()) {
            for (CrashModel model : CrashModel.values()) {
                new FileCrashCheck(fixture().harness(), Stress.seed())
                        .run(model, Stress.times(40, 400), Stress.times(40, 5_000));
            }
        }
    }

    /** Whether the store lies in the directories of the test; one that lies in another store is tested there. */
    default boolean keepsFilesByPath() {
        return true;
    }
}
