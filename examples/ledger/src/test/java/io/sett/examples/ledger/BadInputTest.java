// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.file.FileInfo;
import io.sett.examples.ledger.load.LoadListener;
import io.sett.examples.ledger.store.WholeBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad file is told by name and offset, and the stores stay as they were. */
class BadInputTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"badger", "memory", "sqlite"})
    void aFileCutOffBehindGoodOnesLeavesAnEmptyLedgerEmpty(String engine) throws IOException {
        TestLedger ledger = new TestLedger(directory, engine);
        Path bad = cut("block363703.dat", 400_000);

        TestLedger.Run run = ledger.load(TestLedger.sample("block227835.dat"), bad);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("ledger: " + bad + ": byte offset ").contains(": expected ")
                .contains(", found ").hasLineCount(1);
        assertThat(ledger.digest()).isEqualTo(TestLedger.EMPTY_DIGEST);
        ledger.open(stores -> assertThat(names(stores.rawBlocks().walk("", "**"))).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"badger", "sqlite"})
    void aBadBlockInTheMiddleOfAFileLeavesEverythingAsItWas(String engine) throws IOException {
        TestLedger ledger = new TestLedger(directory, engine);
        ledger.load(TestLedger.sample("block370661.dat")).succeeded();
        String before = ledger.digest();
        List<String> files = new ArrayList<>();
        ledger.open(stores -> files.addAll(names(stores.rawBlocks().walk("", "**"))));
        byte[] bytes = Files.readAllBytes(TestLedger.sample("blocks1-256.framed.dat"));
        bytes[30_000] ^= 0x10;
        Path bad = Files.write(directory.resolve("flipped.dat"), bytes);

        TestLedger.Run run = ledger.load(TestLedger.sample("block227835.dat"), bad);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("ledger: " + bad + ": byte offset 29");
        assertThat(ledger.digest()).isEqualTo(before);
        ledger.open(stores -> {
            assertThat(names(stores.rawBlocks().walk("", "**"))).isEqualTo(files);
            assertThat(WholeBlocks.check(stores)).isEqualTo(1);
            WholeBlocks.checkSummaries(stores);
        });
    }

    @Test
    void filesThatCannotBeRead() {
        TestLedger ledger = new TestLedger(directory, "memory");
        Path missing = directory.resolve("missing.dat");

        assertThat(ledger.load(missing)).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).startsWith("ledger: cannot open the block file " + missing + ": ").hasLineCount(1);
        });
        assertThat(ledger.load(directory)).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("is a directory, not a block file").hasLineCount(1);
        });
    }

    @Test
    void aBlockWhoseParentIsUnknownCanBeLoadedAfterTheParent() throws IOException {
        TestLedger ledger = new TestLedger(directory, "badger");
        byte[] chain = Files.readAllBytes(TestLedger.sample("blocks1-256.framed.dat"));
        Path first = Files.write(directory.resolve("first.dat"), Arrays.copyOfRange(chain, 8, 223));
        Path second = Files.write(directory.resolve("second.dat"), Arrays.copyOfRange(chain, 231, 446));

        TestLedger.Run tooEarly = ledger.load(second);
        assertThat(tooEarly.exitCode()).isEqualTo(1);
        assertThat(tooEarly.err())
                .startsWith("ledger: " + second + ": byte offset 4: expected a parent of known height");

        ledger.load(first).succeeded();
        ledger.load(second).succeeded();
        assertThat(ledger.run("find", "2").succeeded().out())
                .startsWith("Block 000000006a625f06636b8bb6ac7b960a8d03705d1ace08b1a19da3fdcc99ddbd");
    }

    @Test
    void wrongUsageHasItsOwnExitCode() {
        TestLedger ledger = new TestLedger(directory, "memory");

        assertThat(ledger.run("find", "xyz")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).startsWith("'xyz' is neither a height nor a hash nor the beginning of one")
                    .contains("Usage: ledger find");
        });
        assertThat(ledger.run("find").exitCode()).isEqualTo(2);
        assertThat(ledger.run("burn").exitCode()).isEqualTo(2);
        assertThat(TestLedger.runWith(LoadListener.NONE, "--config", "nowhere.conf").err())
                .contains("cannot read the configuration nowhere.conf");
        assertThat(ledger.run("--help")).satisfies(run -> {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("load").contains("find").contains("digest").contains("--config");
        });
    }

    @Test
    void anEngineThatDoesNotExist() {
        TestLedger.Run run = new TestLedger(directory, "bagder").load();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("ledger: ").contains("bagder").contains("badger");
    }

    private Path cut(String sample, int length) throws IOException {
        byte[] bytes = Files.readAllBytes(TestLedger.sample(sample));
        return Files.write(directory.resolve("cut.dat"), Arrays.copyOf(bytes, length));
    }

    private static List<String> names(Stream<FileInfo> files) {
        try (files) {
            return files.map(FileInfo::name).sorted().toList();
        }
    }
}
