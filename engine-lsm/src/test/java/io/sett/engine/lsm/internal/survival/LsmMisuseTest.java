// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.testkit.Stress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is called on whatever was closed, in any order, by any thread: errors of the API, and the process lives. */
@Timeout(600)
class LsmMisuseTest {

    @TempDir
    Path directory;

    @Test
    void callsAfterCloseInAnyOrderEndInErrorsAndTheProcessLives() throws IOException, InterruptedException {
        long seed = Stress.seed();
        Process child = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "-Xmx128m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Djava.util.logging.config.file="
                + System.getProperty("java.util.logging.config.file", ""), Misuse.class.getName(),
                directory.toString(), "" + seed, "" + Stress.times(60, 5_000))).redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as("seed %d: %s", seed, output).isZero();
        assertThat(output.strip()).as("seed %d", seed).endsWith("done");
    }
}
