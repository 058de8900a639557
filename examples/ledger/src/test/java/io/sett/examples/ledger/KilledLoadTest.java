// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sett.examples.ledger.store.WholeBlocks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A load that is killed and run again ends in the same state as one that was not. */
class KilledLoadTest {

    /** More moments with {@code -P stress}. */
    private static final boolean STRESS = Boolean.getBoolean("sett.stress");

    @TempDir
    Path directory;

    /** Steps go file, rows, summary for each block; the first five blocks are the large ones. */
    static Stream<Arguments> steps() {
        Stream<Arguments> few = Stream.of(arguments("badger", 1), arguments("badger", 14), arguments("badger", 780),
                arguments("sqlite", 2));
        Stream<Arguments> more = Stream.of(arguments("badger", 2), arguments("badger", 3), arguments("badger", 13),
                arguments("badger", 401), arguments("sqlite", 13), arguments("sqlite", 300));
        return STRESS ? Stream.concat(few, more) : few;
    }

    static Stream<Arguments> moments() {
        Stream<Arguments> few = Stream.of(arguments("badger", 60), arguments("sqlite", 12));
        Stream<Arguments> more = Stream.of(arguments("badger", 4), arguments("badger", 350), arguments("sqlite", 200));
        return STRESS ? Stream.concat(few, more) : few;
    }

    @ParameterizedTest
    @MethodSource("steps")
    void killedWhenAStepIsDone(String engine, int step) throws IOException, InterruptedException {
        TestLedger ledger = new TestLedger(directory, engine);

        kill(ledger, step, step);

        ledger.open(stores -> assertThat(WholeBlocks.check(stores)).isEqualTo((step + 1) / 3));
        assertFinished(ledger);
    }

    @ParameterizedTest
    @MethodSource("moments")
    void killedWhileItGoesOn(String engine, int step) throws IOException, InterruptedException {
        TestLedger ledger = new TestLedger(directory, engine);

        kill(ledger, 0, step);

        ledger.open(stores -> assertThat(WholeBlocks.check(stores)).isGreaterThanOrEqualTo((step + 1) / 3));
        assertFinished(ledger);
    }

    @ParameterizedTest
    @ValueSource(strings = {"badger", "sqlite"})
    void killedAgainAndAgain(String engine) throws IOException, InterruptedException {
        TestLedger ledger = new TestLedger(directory, engine);

        for (int step = 2; step <= (STRESS ? 14 : 6); step += 4) {
            kill(ledger, 0, step);
            ledger.open(WholeBlocks::check);
        }
        assertFinished(ledger);
    }

    private static void assertFinished(TestLedger ledger) {
        assertThat(ledger.load().succeeded().digest()).isEqualTo(TestLedger.SAMPLE_DIGEST);
        ledger.open(stores -> {
            assertThat(WholeBlocks.check(stores)).isEqualTo(260);
            WholeBlocks.checkSummaries(stores);
        });
    }

    /** Starts a load in a process of its own and kills that when it has told of a step. */
    private void kill(TestLedger ledger, int stopAt, int step) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "-Dbasedir=" + System.getProperty("basedir", "."),
                KillableLoad.class.getName(), Integer.toString(stopAt)));
        command.addAll(List.of(ledger.arguments("load")));
        Path errors = directory.resolve("errors.txt");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.startsWith("step " + step + " ")) {
                line = out.readLine();
            }
            assertThat(line).as("what the process said last; errors: %s", Files.readString(errors)).isNotNull();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
