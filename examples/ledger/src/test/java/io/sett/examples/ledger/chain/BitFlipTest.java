// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One wrong bit anywhere in a block is found: by structure, proof of work, Merkle root, or witness commitment. */
class BitFlipTest {
    private static final int FLIPS_PER_FILE = 150;

    @Test
    void everyBitOfASmallRawBlock() {
        byte[] block = SampleFile.FRAMED_MANY.blocks().get(0).raw().bytes();

        for (int bit = 0; bit < 8 * block.length; bit++) {
            assertFound(block, bit, ChainRules.mainNetwork());
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomBitsOfEveryFile(SampleFile file) {
        byte[] bytes = file.bytes();
        long seed = Long.getLong("ledger.test.seed", System.nanoTime());
        System.out.println("BitFlipTest " + file + ": replay with -Dledger.test.seed=" + seed);
        Random random = new Random(seed);

        for (int i = 0; i < FLIPS_PER_FILE; i++) {
            assertFound(bytes, random.nextInt(8 * bytes.length), ChainRules.mainNetwork());
        }
    }

    /**
     * The header of this block is left alone: it was mined to the easiest target of a test network, which half of all
     * hashes meet.
     */
    @Test
    void everyBitOfTheTransactionsOfABlockWithWitnessData() {
        byte[] block = WitnessBlock.bytes();

        assertThat(SampleFile.read("whole", block, WitnessBlock.RULES)).hasSize(1);
        for (int bit = 8 * BlockHeader.BYTES; bit < 8 * block.length; bit++) {
            assertFound(block, bit, WitnessBlock.RULES);
        }
    }

    private static void assertFound(byte[] bytes, int bit, ChainRules rules) {
        byte[] changed = bytes.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);

        MalformedBlockException e = catchThrowableOfType(MalformedBlockException.class,
                () -> SampleFile.read("flipped.dat", changed, rules));

        assertThat(e).as("bit %d of byte %d", bit % 8, bit / 8).isNotNull();
        assertThat(e.offset()).isBetween(0L, (long) bytes.length);
    }
}
