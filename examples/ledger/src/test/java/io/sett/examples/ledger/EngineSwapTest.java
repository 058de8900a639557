// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.examples.ledger.store.WholeBlocks;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One line of configuration chooses the key-value engine; the state does not depend on it. */
class EngineSwapTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"badger", "memory", "sqlite"})
    void theMainJobGivesTheSameReportAndDigestOnEveryEngine(String engine) {
        TestLedger.Run run = new TestLedger(directory, engine).run().succeeded();

        assertThat(run.digest()).isEqualTo(TestLedger.SAMPLE_DIGEST);
        assertThat(run.out())
                .startsWith("Ledger on engine " + engine)
                .containsPattern("all files +260 +260 +3,989 +11,006 +9,165 +2,251,162 ")
                .containsPattern("blocks +260\\R +transactions +3,989\\R +inputs +11,006\\R +outputs +9,165\\R"
                        + " +bytes +2,251,162")
                .containsPattern("P2PKH +7,821 +18575.24998355 BTC")
                .containsPattern("P2SH +1,037 ")
                .containsPattern("000000000000000000893c019d81f2d48ee33892c12428f3121bbd16ed6db926 +481,815 +2,097 ")
                .contains("Block 00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee")
                .contains("spent by input 0 of a16f3ce4dd5deb92d98ef5cf8afeaf0775ebca408f708b2146c4fb42b41e14be"
                        + " at height 181")
                .containsPattern("key-value store +" + engine + " +\\d")
                .containsPattern("file store +file +\\d")
                .containsPattern("SQL store +sqlite +\\d")
                .containsPattern("cache +memory +\\d")
                .containsPattern("cache hits: [1-9]")
                .contains("24,420 entries, 1,982,659 bytes of keys and values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"badger", "sqlite"})
    void loadingAgainChangesNothing(String engine) {
        TestLedger ledger = new TestLedger(directory, engine);
        ledger.load().succeeded();

        TestLedger.Run again = ledger.load().succeeded();

        assertThat(again.out()).containsPattern("all files +260 +0 ");
        assertThat(again.digest()).isEqualTo(TestLedger.SAMPLE_DIGEST);
        assertThat(ledger.digest()).isEqualTo(TestLedger.SAMPLE_DIGEST);
        ledger.open(stores -> {
            assertThat(WholeBlocks.check(stores)).isEqualTo(260);
            WholeBlocks.checkSummaries(stores);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"badger", "sqlite"})
    void theOrderOfFilesDoesNotMatter(String engine) {
        TestLedger ledger = new TestLedger(directory, engine);
        ledger.load(TestLedger.sample("blocks1-256.framed.dat"), TestLedger.sample("block481815.dat")).succeeded();

        TestLedger.Run rest = ledger.load(TestLedger.sample("block370661.dat"), TestLedger.sample("block481815.dat"),
                TestLedger.sample("block227835.dat"), TestLedger.sample("block363703.dat"),
                TestLedger.sample("block277647.framed.dat")).succeeded();

        assertThat(rest.out()).containsPattern("all files +5 +4 ");
        assertThat(rest.digest()).isEqualTo(TestLedger.SAMPLE_DIGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"badger,sqlite", "sqlite,badger"})
    void twoEnginesInOneDirectoryKeepTheirOwnSummaries(String engines) {
        TestLedger first = new TestLedger(directory, engines.split(",")[0]);
        TestLedger second = new TestLedger(directory, engines.split(",")[1]);

        first.load(TestLedger.sample("block227835.dat")).succeeded();
        second.load(TestLedger.sample("block363703.dat")).succeeded();

        first.open(WholeBlocks::checkSummaries);
        second.open(WholeBlocks::checkSummaries);
        assertThat(first.digest()).isNotEqualTo(second.digest()).isNotEqualTo(TestLedger.EMPTY_DIGEST);
    }
}
