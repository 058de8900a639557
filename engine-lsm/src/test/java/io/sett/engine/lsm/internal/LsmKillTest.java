// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.testkit.Stress;
import io.sett.testkit.survival.KillMoment;
import io.sett.testkit.survival.KillRun;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that write are killed again and again: what they acknowledged is there, nothing is there by halves. */
@Timeout(3600)
class LsmKillTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killedAtAnyMoment(boolean sync) {
        Map<String, Object> settings = new HashMap<>(LsmOpenTest.TINY);
        settings.put("sync_writes", sync);
        settings.put("value_threshold", 64);
        settings.put("value_log_file_size", 65536);
        settings.put("path", directory.toString());
        KillRun run = new KillRun("badger", settings, Stress.seed());
        KillMoment[] moments = KillMoment.values();
        int first = sync ? 0 : 2;
        for (int round = 0; round < Stress.times(3, 150); round++) {
            run.round(moments[(first + round) % moments.length]);
        }
        assertThat(run.acknowledged()).isPositive();
    }
}
