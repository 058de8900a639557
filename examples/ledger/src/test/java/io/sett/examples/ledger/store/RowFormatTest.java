// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sett.examples.ledger.chain.BlockHeader;
import io.sett.examples.ledger.chain.ByteString;
import io.sett.examples.ledger.chain.Hash256;
import io.sett.examples.ledger.chain.OutPoint;
import io.sett.examples.ledger.chain.ScriptType;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes of keys and rows are part of the state digest: they are pinned. */
class RowFormatTest {
    private static final String GENESIS_HEADER = "01000000" + "00".repeat(32)
            + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a" + "29ab5f49" + "ffff001d" + "1dac2b7c";
    private static final Hash256 GENESIS =
            Hash256.parse("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
    private static final String GENESIS_HEX = GENESIS.toString();
    private static final Hash256 TX = Hash256.parse("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20");
    private static final String TX_HEX = TX.toString();

    @Test
    void keys() {
        assertHex(LedgerKeys.block(GENESIS), "62" + GENESIS_HEX);
        assertHex(LedgerKeys.height(258, GENESIS), "68" + "00000102" + GENESIS_HEX);
        assertHex(LedgerKeys.heights(258), "68" + "00000102");
        assertHex(LedgerKeys.transaction(TX), "74" + TX_HEX);
        assertHex(LedgerKeys.output(new OutPoint(TX, 7)), "6f" + TX_HEX + "00000007");
        assertHex(LedgerKeys.spent(new OutPoint(TX, 0xfffffffeL)), "73" + TX_HEX + "fffffffe");
        assertHex(LedgerKeys.blocks(new byte[] {0}), "6200");
        assertHex(LedgerKeys.transactions(new byte[0]), "74");
    }

    @Test
    void hashesInKeys() {
        assertThat(LedgerKeys.hashIn(LedgerKeys.block(GENESIS))).isEqualTo(GENESIS);
        assertThat(LedgerKeys.hashIn(LedgerKeys.height(1, GENESIS))).isEqualTo(GENESIS);
        assertThat(LedgerKeys.hashIn(LedgerKeys.transaction(TX))).isEqualTo(TX);
    }

    @Test
    void blockRow() {
        byte[] header = HexFormat.of().parseHex(GENESIS_HEADER);
        BlockRow row = new BlockRow(0, 285, 1, 2, 3, 5_000_000_000L, BlockHeader.parse("test", header), header);
        byte[] encoded = row.encode();

        assertHex(encoded, "00000000" + "0000011d" + "00000001" + "00000002" + "00000003" + "000000012a05f200"
                + GENESIS_HEADER);
        BlockRow decoded = BlockRow.decode(encoded);
        assertThat(decoded).usingRecursiveComparison().isEqualTo(row);
        assertThat(decoded.header().hash()).isEqualTo(GENESIS);
    }

    @Test
    void transactionRow() {
        TransactionRow row = new TransactionRow(GENESIS, 1, 2, 3, 4, 5, 6, 7, true, true);

        assertHex(row.encode(), GENESIS_HEX + "00000001" + "00000002" + "00000003" + "00000004" + "00000005"
                + "00000006" + "0000000000000007" + "03");
        assertThat(TransactionRow.decode(row.encode())).isEqualTo(row);
        TransactionRow plain = new TransactionRow(TX, 1, 2, 3, 4, 5, 6, 7, false, false);
        assertThat(TransactionRow.decode(plain.encode())).isEqualTo(plain);
    }

    @Test
    void outputRow() {
        OutputRow row = new OutputRow(1_000_000, 170, ScriptType.NULL_DATA, ByteString.copyOf((byte) 0x6a, (byte) 1));

        assertHex(row.encode(), "00000000000f4240" + "000000aa" + "08" + "6a01");
        assertThat(OutputRow.decode(row.encode())).isEqualTo(row);
    }

    @Test
    void spentRow() {
        SpentRow row = new SpentRow(TX, 3, 170);

        assertHex(row.encode(), TX_HEX + "00000003" + "000000aa");
        assertThat(SpentRow.decode(row.encode())).isEqualTo(row);
    }

    @Test
    void scriptTypesKeepTheirNumbers() {
        assertThat(Arrays.stream(ScriptType.values()).map(type -> type.code() + " " + type)).containsExactly("1 P2PK",
                "2 P2PKH", "3 P2SH", "4 P2WPKH", "5 P2WSH", "6 P2TR", "7 MULTISIG", "8 NULL_DATA", "9 OTHER");
        assertThat(ScriptType.values()).allSatisfy(type -> assertThat(ScriptType.ofCode(type.code())).isEqualTo(type));
        assertThatIllegalArgumentException().isThrownBy(() -> ScriptType.ofCode(0));
    }

    @Test
    void rowsOfAnotherProgramAreRefused() {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> SpentRow.decode(new byte[39]))
                .withMessage("row of kind spent with 39 bytes where the layout has 40: the key-value store belongs"
                        + " to another program or version; choose another directory");
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> OutputRow.decode(new byte[12]))
                .withMessageStartingWith("row of kind output with 12 bytes where the layout has 13 or more");
    }

    @Test
    void namesOfRawBlocks() {
        assertThat(RawBlocks.name(GENESIS)).isEqualTo("blocks/6f/" + GENESIS_HEX + ".blk");
    }

    private static void assertHex(byte[] actual, String expected) {
        assertThat(HexFormat.of().formatHex(actual)).isEqualTo(expected);
    }
}
