// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real blocks: what they hold is pinned. */
class SampleBlocksTest {
    @ParameterizedTest
    @CsvSource({
        "V1, 227835, 00000000000001aa077d7aa84c532a4d69bdbff519609d1da0835261b7a74eb6, 1",
        "FRAMED_ONE, 277647, 0000000000000000054a714e580b16c583701712ab91060e92dbde6eb1e052a8, 2",
        "V3, 363703, 0000000000000000011b2a4cb91b63886ffe0d2263fd17ac5a9b902a219e0a14, 3",
        "V4, 370661, 00000000000000001416a613602d73bbe5c79170fd8f39d509896b829cf9021e, 536870919",
        "BIG, 481815, 000000000000000000893c019d81f2d48ee33892c12428f3121bbd16ed6db926, 536870914"
    })
    void singleBlocksHaveTheirKnownHashHeightAndVersion(SampleFile file, int height, String hash, int version) {
        List<CheckedBlock> blocks = file.blocks();

        assertThat(blocks).hasSize(1);
        assertThat(blocks.get(0).height()).isEqualTo(height);
        assertThat(blocks.get(0).block().hash()).hasToString(hash);
        assertThat(blocks.get(0).block().header().version()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({
        "V1, 1, 122, 263, 229, 53899",
        "FRAMED_ONE, 1, 213, 733, 769, 149164",
        "V3, 1, 587, 3043, 1418, 612096",
        "V4, 1, 708, 2006, 1823, 381223",
        "BIG, 1, 2097, 4699, 4659, 998089",
        "FRAMED_MANY, 255, 262, 262, 267, 56691"
    })
    void totalsArePinned(SampleFile file, int blocks, int transactions, int inputs, int outputs, long bytes) {
        List<Block> all = file.blocks().stream().map(CheckedBlock::block).toList();

        assertThat(all).hasSize(blocks);
        assertThat(all.stream().mapToInt(b -> b.transactions().size()).sum()).isEqualTo(transactions);
        assertThat(all.stream().mapToInt(Block::inputCount).sum()).isEqualTo(inputs);
        assertThat(all.stream().mapToInt(Block::outputCount).sum()).isEqualTo(outputs);
        assertThat(all.stream().mapToLong(Block::size).sum()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void merkleRootsMatchAndTransactionsFillTheBlock(SampleFile file) {
        assertThat(file.blocks()).allSatisfy(checked -> {
            List<Transaction> txs = checked.block().transactions();
            MerkleRoot root = MerkleRoot.of(txs.stream().map(Transaction::id).toList());
            assertThat(root).isEqualTo(new MerkleRoot(checked.block().header().merkleRoot(), false));
            Transaction last = txs.get(txs.size() - 1);
            assertThat(last.offset() + last.size()).isEqualTo(checked.block().size());
            assertThat(txs).filteredOn(Transaction::isCoinbase).containsExactly(checked.block().coinbase());
        });
    }

    @Test
    void theFirstBlocksFormAChainFromTheGenesisBlock() {
        List<CheckedBlock> blocks = SampleFile.FRAMED_MANY.blocks();

        assertThat(blocks.stream().map(CheckedBlock::height)).containsExactlyElementsOf(
                IntStream.rangeClosed(1, 255).boxed().toList());
        assertThat(blocks.get(0).block().header().previous())
                .hasToString("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
        assertThat(blocks.get(0).block().hash())
                .hasToString("00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048");
        assertThat(blocks.get(254).block().hash())
                .hasToString("00000000d0a75c861fabf9ff7b92022f60e4afeed9331fe5aa073d8e4706fe3c");
    }

    @Test
    void block170HoldsTheFirstPaymentBetweenTwoPeople() {
        Block block = SampleFile.FRAMED_MANY.blocks().get(169).block();

        Transaction payment = block.transactions().get(1);
        assertThat(payment.id()).hasToString("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16");
        assertThat(payment.inputs().get(0).previous())
                .hasToString("0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9:0");
        assertThat(payment.outputs().stream().map(TxOutput::value)).containsExactly(1_000_000_000L, 4_000_000_000L);
        assertThat(payment.outputs().stream().map(TxOutput::type)).containsOnly(ScriptType.P2PK);
        assertThat(payment.outputValue()).isEqualTo(5_000_000_000L);
    }

    @Test
    void theBigBlockPromisesAWitnessButCarriesNone() {
        Block block = SampleFile.BIG.blocks().get(0).block();

        assertThat(block.transactions()).noneMatch(Transaction::hasWitness);
        assertThat(WitnessCommitment.promised(block.coinbase()))
                .contains(Hash256.copyOf(HexFormat.of().parseHex(
                        "3d03076733467c45b08ec503a0c5d406647b073e1914d35b5111960ed625f3b7"), 0));
    }

    @Test
    void scriptTypesOfTheBigBlockArePinned() {
        Map<ScriptType, Integer> counts = new EnumMap<>(ScriptType.class);
        SampleFile.BIG.blocks().get(0).block().transactions().forEach(
                tx -> tx.outputs().forEach(output -> counts.merge(output.type(), 1, Integer::sum)));

        assertThat(counts).isEqualTo(Map.of(ScriptType.P2PKH, 3778, ScriptType.P2SH, 851, ScriptType.NULL_DATA, 30));
    }
}
