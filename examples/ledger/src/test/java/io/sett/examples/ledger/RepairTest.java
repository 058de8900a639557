// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.examples.ledger.store.WholeBlocks;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is missing of a block that is stored in part of the stores is written by the next load. */
class RepairTest {
    private static final String HASH = "00000000000001aa077d7aa84c532a4d69bdbff519609d1da0835261b7a74eb6";
    private static final Path SAMPLE = TestLedger.sample("block227835.dat");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"badger", "sqlite"})
    void aMissingFileAndAMissingSummary(String engine) {
        TestLedger ledger = new TestLedger(directory, engine);
        String digest = ledger.load(SAMPLE).succeeded().digest();
        ledger.open(stores -> {
            stores.rawBlocks().delete("blocks/b6/" + HASH + ".blk");
            stores.summaries().execute("delete from block_summary");
        });

        assertThat(ledger.load(SAMPLE).succeeded().digest()).isEqualTo(digest);

        ledger.open(stores -> {
            assertThat(WholeBlocks.check(stores)).isEqualTo(1);
            WholeBlocks.checkSummaries(stores);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"badger", "sqlite"})
    void aSummaryOfABlockThatIsNotThere(String engine) {
        TestLedger ledger = new TestLedger(directory, engine);
        ledger.load(SAMPLE).succeeded();
        ledger.open(stores -> stores.summaries().execute(
                "insert into block_summary select ledger, replace(hash, 'aa077d', 'bb077d'), height, time,"
                        + " transactions, inputs, outputs, value, bytes from block_summary"));

        ledger.load(SAMPLE).succeeded();

        ledger.open(WholeBlocks::checkSummaries);
    }
}
