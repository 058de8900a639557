// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** Witness data is read, kept out of the transaction id, and covered by the commitment. */
class WitnessTest {
    @Test
    void theTransactionIdLeavesTheWitnessOut() {
        Transaction tx = WitnessBlock.parse(WitnessBlock.TRANSACTION);

        assertThat(tx.id()).hasToString(WitnessBlock.TRANSACTION_ID);
        assertThat(tx.witnessId()).hasToString(WitnessBlock.WITNESS_ID);
        assertThat(tx.hasWitness()).isTrue();
        assertThat(tx.size()).isEqualTo(WitnessBlock.TRANSACTION.length() / 2);
        assertThat(tx.inputs().get(0).witness()).extracting(ByteString::length).containsExactly(72, 33);
        assertThat(tx.outputs().get(0).type()).isEqualTo(ScriptType.P2SH);
    }

    @Test
    void aBlockWithTheRightCommitmentIsGood() {
        CheckedBlock checked = SampleFile.read("block", WitnessBlock.bytes(), WitnessBlock.RULES).get(0);

        assertThat(checked.height()).isEqualTo(0x070560);
        assertThat(checked.block().transactions()).allMatch(Transaction::hasWitness);
        assertThat(checked.block().transactions().get(1).id()).hasToString(WitnessBlock.TRANSACTION_ID);
    }

    @Test
    void aNonZeroReservedValueIsPartOfTheCommitment() {
        String reserved = "5a".repeat(32);

        assertThat(SampleFile.read("block", WitnessBlock.bytes(WitnessBlock.commitment(reserved), reserved),
                WitnessBlock.RULES)).hasSize(1);
        assertRefused(WitnessBlock.bytes(WitnessBlock.commitment(reserved), "00".repeat(32)), "witness commitment ");
    }

    @Test
    void aWrongCommitmentIsRefused() {
        assertRefused(WitnessBlock.bytes("11".repeat(32), "00".repeat(32)), "witness commitment ");
    }

    @Test
    void witnessDataWithoutACommitmentIsRefused() {
        assertRefused(WitnessBlock.bytes("", "00".repeat(32)), "found none");
    }

    @Test
    void witnessDataWithoutAReservedValueIsRefused() {
        assertRefused(WitnessBlock.bytes(WitnessBlock.commitment("00".repeat(32)), ""), "one witness item of 32 bytes");
        assertRefused(WitnessBlock.bytes(WitnessBlock.commitment("00".repeat(32)), "00".repeat(31)),
                "one witness item of 32 bytes");
    }

    @Test
    void emptyWitnessesBehindTheFlagAreRefused() {
        String empty = "020000000001" + "01" + "11".repeat(32) + "00000000" + "00" + "ffffffff"
                + "01" + "0000000000000000" + "00" + "00" + "00000000";

        assertThatExceptionOfType(MalformedBlockException.class).isThrownBy(() -> WitnessBlock.parse(empty))
                .withMessageContaining("only empty witnesses");
    }

    private static void assertRefused(byte[] block, String part) {
        assertThatExceptionOfType(MalformedBlockException.class)
                .isThrownBy(() -> SampleFile.read("witness.dat", block, WitnessBlock.RULES))
                .withMessageStartingWith("witness.dat: byte offset 81: expected")
                .withMessageContaining(part);
    }
}
