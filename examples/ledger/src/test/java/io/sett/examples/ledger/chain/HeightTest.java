// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the height of a block comes from. */
class HeightTest {
    private static final Hash256 NO_PARENT = Hash256.ZERO;

    @ParameterizedTest
    @CsvSource({
        "038f3c0404, 277647",
        "0101, 1",
        "51, 1",
        "60, 16",
        "02ff00, 255",
        "04ffffff7f, 2147483647",
        "0380ff7f, 8388480"
    })
    void heightsInACoinbase(String script, int height) {
        assertThat(Bip34.height(block(script, 2))).hasValue(height);
    }

    @ParameterizedTest
    @CsvSource({"0381ff80", "05ffffffff7f", "03ffff", "61", "00"})
    void whatIsNoHeight(String script) {
        assertThat(Bip34.height(block(script, 2))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1", "0", "-1"})
    void versionsThatStateNoHeight(int version) {
        assertThat(Bip34.height(block("038f3c04", version))).isEmpty();
    }

    @Test
    void aStoredParentIsEnough() {
        byte[] second = SampleFile.FRAMED_MANY.blocks().get(1).raw().bytes();
        Hash256 first = Hash256.parse("00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048");
        BlockHeights heights = new BlockHeights(hash -> hash.equals(first) ? OptionalInt.of(1) : OptionalInt.empty());
        RawBlock raw = new RawBlock("second", 0, second);

        assertThat(heights.place(raw, new BlockParser().parse(raw))).isEqualTo(2);
    }

    @Test
    void aCoinbaseThatContradictsTheParentIsRefused() {
        RawBlock raw = new RawBlock("bad.dat", 0, WitnessBlock.bytes());
        Block block = new BlockParser().parse(raw);
        BlockHeights heights = new BlockHeights(
                hash -> hash.equals(NO_PARENT) ? OptionalInt.of(500_000) : OptionalInt.empty());

        assertThatExceptionOfType(MalformedBlockException.class).isThrownBy(() -> heights.place(raw, block))
                .withMessage("bad.dat: byte offset 81: expected height 500001 in the coinbase, one above the parent "
                        + NO_PARENT + ", found height " + 0x070560);
    }

    @Test
    void beforeTheRuleWasEnforcedTheParentWins() {
        RawBlock raw = new RawBlock("early.dat", 0, WitnessBlock.bytes());
        Block block = new BlockParser().parse(raw);
        BlockHeights heights = new BlockHeights(
                hash -> hash.equals(NO_PARENT) ? OptionalInt.of(200_000) : OptionalInt.empty());

        assertThat(heights.place(raw, block)).isEqualTo(200_001);
    }

    private static Block block(String script, int version) {
        Transaction coinbase = WitnessBlock.parse(WitnessBlock.coinbase(script));
        BlockHeader header = new BlockHeader(Hash256.ZERO, version, Hash256.ZERO, Hash256.ZERO, 0, 0, 0);
        return new Block(header, List.of(coinbase), 0);
    }
}
