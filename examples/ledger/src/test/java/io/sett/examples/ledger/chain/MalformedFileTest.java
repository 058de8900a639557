// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the message says about each kind of bad file. */
class MalformedFileTest {
    private static final int FRAME = 8;

    @Test
    void anEmptyFile() {
        assertMessage(new byte[0], "bad.dat: byte offset 0: expected a block, found an empty file");
    }

    @Test
    void aFileOfSomethingElse() {
        assertMessage("hello, this is not a block but a long enough text".getBytes(),
                "bad.dat: byte offset 0: expected the frame magic f9beb4d9 or the header of a main network block,"
                + " found a file that begins with 68656c6c");
    }

    @Test
    void aWrongMagicInFront() {
        byte[] file = SampleFile.FRAMED_ONE.bytes();
        file[0] = 0x0b;

        assertMessage(file, "bad.dat: byte offset 0: expected the frame magic f9beb4d9 or the header of a main"
                + " network block, found a file that begins with 0bbeb4d9");
    }

    @Test
    void aWrongMagicLaterOn() {
        byte[] file = SampleFile.FRAMED_MANY.bytes();
        int second = FRAME + 215;
        file[second + 3] = 0x00;

        assertMessage(file, "bad.dat: byte offset 223: expected the frame magic f9beb4d9, found f9beb400");
    }

    @Test
    void aLengthBeyondTheFile() {
        byte[] file = SampleFile.FRAMED_ONE.bytes();
        setInt(file, 4, file.length - FRAME + 1);

        assertMessage(file, "bad.dat: byte offset 4: expected a block of 149165 bytes behind the frame, found only"
                + " 149164 bytes to the end of the file");
    }

    @Test
    void aLengthThatNoBlockHas() {
        byte[] file = SampleFile.FRAMED_ONE.bytes();
        setInt(file, 4, -1);
        assertMessage(file, "bad.dat: byte offset 4: expected a block length between 141 and 4000000, found"
                + " 4294967295");
        setInt(file, 4, 140);
        assertMessage(file, "bad.dat: byte offset 4: expected a block length between 141 and 4000000, found 140");
    }

    @Test
    void aLengthShorterThanTheBlock() {
        byte[] file = SampleFile.FRAMED_MANY.bytes();
        setInt(file, 4, 214);

        assertMessage(file, "bad.dat: byte offset 219: expected lock time (4 bytes), found the end of the block"
                + " after 3 bytes");
    }

    @Test
    void aRawFileLargerThanAnyBlock() {
        byte[] file = Arrays.copyOf(SampleFile.V1.bytes(), 4_000_001);

        assertMessage(file, "bad.dat: byte offset 4000000: expected the end of a raw block, which has at most"
                + " 4000000 bytes, found a file of 4000001 bytes");
    }

    @Test
    void aCountThatWouldNeedMoreMemoryThanTheFileHasBytes() {
        byte[] block = firstBlock();
        byte[] huge = new byte[block.length + 8];
        System.arraycopy(block, 0, huge, 0, 80);
        huge[80] = (byte) 0xff;
        Arrays.fill(huge, 81, 89, (byte) 0xff);
        System.arraycopy(block, 81, huge, 89, block.length - 81);

        assertMessage(huge, "bad.dat: byte offset 80: expected transaction count of at most 2 transactions (134"
                + " bytes are left), found 18446744073709551615 transactions");
    }

    @Test
    void aCountNotInItsShortestForm() {
        byte[] block = firstBlock();
        byte[] longer = new byte[block.length + 2];
        System.arraycopy(block, 0, longer, 0, 80);
        longer[80] = (byte) 0xfd;
        longer[81] = 1;
        System.arraycopy(block, 81, longer, 83, block.length - 81);

        assertMessage(longer, "bad.dat: byte offset 80: expected transaction count as a compact size in its"
                + " shortest form, found 1 behind mark byte 253");
    }

    @Test
    void noTransactions() {
        byte[] block = firstBlock();
        block[80] = 0;

        assertMessage(block, "bad.dat: byte offset 80: expected at least one transaction, found none");
    }

    @Test
    void trailingBytes() {
        byte[] block = firstBlock();

        assertMessage(Arrays.copyOf(block, block.length + 3),
                "bad.dat: byte offset 215: expected the end of the block after 1 transactions, found 3 trailing bytes");
    }

    @Test
    void aWrongMerkleRootIsToldFromAWrongHash() {
        byte[] block = WitnessBlock.bytes();
        byte[] changed = block.clone();
        changed[block.length - 1] ^= 1;

        assertThatExceptionOfType(MalformedBlockException.class)
                .isThrownBy(() -> SampleFile.read("bad.dat", changed, WitnessBlock.RULES))
                .withMessageStartingWith("bad.dat: byte offset 36: expected Merkle root ");
    }

    @Test
    void aHashAboveTheTarget() {
        byte[] block = firstBlock();
        block[76]++;

        assertThatExceptionOfType(MalformedBlockException.class).isThrownBy(() -> SampleFile.read("bad.dat", block))
                .withMessageStartingWith("bad.dat: byte offset 0: expected a block hash not above the target "
                        + "00000000ffff0000000000000000000000000000000000000000000000000000, found ");
    }

    @Test
    void aTargetEasierThanTheNetworkAllows() {
        assertThatExceptionOfType(MalformedBlockException.class)
                .isThrownBy(() -> SampleFile.read("bad.dat", WitnessBlock.bytes()))
                .withMessage("bad.dat: byte offset 72: expected a target between 1 and ffff" + "0".repeat(52)
                        + ", found bits 207fffff");
    }

    @Test
    void aNegativeOrExcessiveValue() {
        String input = "01" + "11".repeat(32) + "00000000" + "00" + "ffffffff";
        String negative = "01000000" + input + "01" + "ffffffffffffffff" + "00" + "00000000";
        String sum = "01000000" + input + "02" + "0040075af0750700" + "00" + "0100000000000000" + "00" + "00000000";

        assertThatExceptionOfType(MalformedBlockException.class).isThrownBy(() -> WitnessBlock.parse(negative))
                .withMessageContaining("byte offset 47: expected an output value").withMessageEndingWith("found -1");
        assertThatExceptionOfType(MalformedBlockException.class).isThrownBy(() -> WitnessBlock.parse(sum))
                .withMessageContaining("byte offset 56: expected an output value").withMessageEndingWith("found 1");
    }

    @Test
    void aCoinbaseThatIsMissingOrNotInFront() {
        assertWitnessRulesMessage(WitnessBlock.block(WitnessBlock.spend("ab"), WitnessBlock.coinbase("0102")),
                "bad.dat: byte offset 81: expected a coinbase as the first transaction, found transaction "
                        + WitnessBlock.parse(WitnessBlock.spend("ab")).id() + " as number 1");
        assertWitnessRulesMessage(WitnessBlock.block(WitnessBlock.coinbase("0102"), WitnessBlock.coinbase("0103")),
                "bad.dat: byte offset 143: expected a coinbase only in front, found coinbase "
                        + WitnessBlock.parse(WitnessBlock.coinbase("0103")).id() + " as number 2");
    }

    @Test
    void aRepeatedTransactionThatLeavesTheMerkleRootUnchanged() {
        String last = WitnessBlock.spend("cd");
        byte[] good = WitnessBlock.block(WitnessBlock.coinbase("0102"), WitnessBlock.spend("ab"), last);
        byte[] repeated = WitnessBlock.block(WitnessBlock.coinbase("0102"), WitnessBlock.spend("ab"), last, last);

        assertThat(SampleFile.read("good.dat", good, WitnessBlock.RULES)).hasSize(1);
        assertThat(Arrays.copyOf(repeated, BlockHeader.BYTES)).isEqualTo(Arrays.copyOf(good, BlockHeader.BYTES));
        assertWitnessRulesMessage(repeated,
                "bad.dat: byte offset 80: expected a list of different transactions, found a repeated part of the"
                + " list");
    }

    @Test
    void aBlockWhoseHeightCannotBeKnown() {
        byte[] second = SampleFile.FRAMED_MANY.blocks().get(1).raw().bytes();

        assertMessage(second, "bad.dat: byte offset 4: expected a parent of known height, or a height in the"
                + " coinbase (BIP34,"
                + " version 2 and later); load the blocks before this one first, found the unknown parent"
                + " 00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048 in block"
                + " 000000006a625f06636b8bb6ac7b960a8d03705d1ace08b1a19da3fdcc99ddbd of version 1");
    }

    @Test
    void aFileThatBecomesShorterWhileItIsRead() {
        byte[] block = firstBlock();
        BlockFileReader reader = new BlockFileReader("bad.dat", block.length,
                new ByteArrayInputStream(Arrays.copyOf(block, 100)));

        assertThatExceptionOfType(MalformedBlockException.class).isThrownBy(reader::next)
                .withMessage("bad.dat: byte offset 100: expected a raw block of 215 bytes, found a file that became"
                + " shorter while it was read");
    }

    @Test
    void aMissingFileAndADirectory(@TempDir Path dir) {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> BlockFileReader.open(dir.resolve("none.dat")))
                .withMessageContaining("none.dat").withCauseInstanceOf(IOException.class);
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> BlockFileReader.open(dir))
                .withMessage("cannot open the block file " + dir);
    }

    private static byte[] firstBlock() {
        return SampleFile.FRAMED_MANY.blocks().get(0).raw().bytes();
    }

    private static void setInt(byte[] bytes, int at, int value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    }

    private static void assertMessage(byte[] file, String message) {
        assertThatExceptionOfType(MalformedBlockException.class).isThrownBy(() -> SampleFile.read("bad.dat", file))
                .withMessage(message);
    }

    private static void assertWitnessRulesMessage(byte[] file, String message) {
        assertThatExceptionOfType(MalformedBlockException.class)
                .isThrownBy(() -> SampleFile.read("bad.dat", file, WitnessBlock.RULES)).withMessage(message);
    }
}
