// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking up by height, hash, transaction id and prefix, each in a run of its own. */
class LookupTest {
    @TempDir
    static Path directory;

    private static TestLedger ledger;

    @BeforeAll
    static void load() {
        ledger = new TestLedger(directory, "badger");
        ledger.load().succeeded();
    }

    @Test
    void aBlockByHeightHashAndPrefix() {
        String byHeight = find("481815");

        assertThat(byHeight).startsWith("Block 000000000000000000893c019d81f2d48ee33892c12428f3121bbd16ed6db926")
                .containsPattern("height +481815").contains("2017-08-24T00:25:23Z")
                .contains("2,097 transactions, 4,699 inputs, 4,659 outputs").contains("998,089 bytes, checksum good");
        assertThat(find("000000000000000000893c019d81f2d48ee33892c12428f3121bbd16ed6db926")).isEqualTo(byHeight);
        assertThat(find("000000000000000000893C")).isEqualTo(byHeight);
        assertThat(find("000000000000000000893")).isEqualTo(byHeight);
    }

    @Test
    void aTransactionByIdAndPrefix() {
        String byId = find("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16");

        assertThat(byId).startsWith("Transaction f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16")
                .contains("height 170, number 1").contains("275 bytes").contains("50 BTC from height 9")
                .contains("10 BTC to P2PK, not spent in this ledger")
                .contains("40 BTC to P2PK, spent by input 0 of"
                        + " a16f3ce4dd5deb92d98ef5cf8afeaf0775ebca408f708b2146c4fb42b41e14be at height 181");
        assertThat(find("f4184fc5")).isEqualTo(byId);
    }

    @Test
    void aTransactionWithManyInputsIsCutShort() {
        assertThat(find("227835")).contains("122 transactions");
        assertThat(find("0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9"))
                .contains("50 BTC, newly made and fees").contains("spent by input 0 of f4184fc5");
    }

    @Test
    void manyMatchesAreListedUpToALimit() {
        String many = find("00000000");

        assertThat(many).startsWith("Hashes that begin with 00000000").contains("  more blocks: give more digits");
        assertThat(many.lines().filter(line -> line.startsWith("  block ")).count()).isEqualTo(20);
    }

    @Test
    void nothingFound() {
        TestLedger.Run run = ledger.run("find", "ffffffffffff");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().strip()).isEqualTo("ledger: no block or transaction 'ffffffffffff' in this ledger");
        assertThat(ledger.run("find", "0".repeat(64)).exitCode()).isEqualTo(1);
    }

    private static String find(String query) {
        return ledger.run("find", query).succeeded().out();
    }
}
