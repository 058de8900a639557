// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A block with witness data, mined here to the easiest target of a private network: a coinbase with a commitment, and
 * one
 * real transaction of the main network.
 */
final class WitnessBlock {
    static final int BITS = 0x207fffff;
    static final ChainRules RULES = new ChainRules(ProofOfWork.target(BITS));

    /** Spends one output to a script hash, with two witness items. */
    static final String TRANSACTION = "02000000000101595895ea20179de87052b4046dfe6fd515860505d6511a9004cf12a1f93cac7"
            + "c01000000"
            + "00ffffffff01deb807000000000017a9140f3444e271620c736808aa7b33e370bd87cb5a078702483045022100fb60dad8df4"
            + "af284"
            + "1adc0346638c16d0b8035f5e3f3753b88db122e70c79f9370220756e6633b17fd2710e626347d28d60b0a2d6cbb41de517406"
            + "44b9f"
            + "b3ba7751040121028fa937ca8cba2197a37c007176ed8941055d3bcb8627d085e94553e62f057dcc00000000";
    static final String TRANSACTION_ID = "f5864806e3565c34d1b41e716f72609d00b55ea5eac5b924c9719a842ef42206";
    static final String WITNESS_ID = "80b7d8a82d5d5bf92905b06f2014dd699e03837ca172e3a59d51426ebbe3e7f5";

    private static final String ZERO_32 = "00".repeat(32);

    private WitnessBlock() {
    }

    static byte[] bytes() {
        return bytes(commitment(ZERO_32), ZERO_32);
    }

    /**
     * The block with any commitment, or none if that is empty, and any reserved value in the witness of the coinbase.
     */
    static byte[] bytes(String commitment, String reserved) {
        String output = commitment.isEmpty() ? "" : "0000000000000000" + "26" + "6a24aa21a9ed" + commitment;
        String witness = reserved.isEmpty() ? "" : "01" + String.format("%02x", reserved.length() / 2) + reserved;
        String coinbase = "01000000" + (witness.isEmpty() ? "" : "0001")
                + "01" + ZERO_32 + "ffffffff" + "0403600507" + "ffffffff"
                + (commitment.isEmpty() ? "01" : "02") + "00f2052a01000000" + "0151" + output
                + witness + "00000000";
        return block(coinbase, TRANSACTION);
    }

    static String commitment(String reserved) {
        Transaction tx = parse(TRANSACTION);
        // The coinbase counts as zero, so any transaction can stand in its place here.
        return HexFormat.of().formatHex(WitnessCommitment.actual(List.of(tx, tx),
                ByteString.copyOf(HexFormat.of().parseHex(reserved))).toByteArray());
    }

    /** A coinbase with this script and one output of nothing. */
    static String coinbase(String script) {
        return transaction(ZERO_32 + "ffffffff", script);
    }

    /** A transaction that spends output 0 of a transaction whose id is one byte 32 times; one output of nothing. */
    static String spend(String idByte) {
        return transaction(idByte.repeat(32) + "00000000", "");
    }

    private static String transaction(String outPoint, String script) {
        return "01000000" + "01" + outPoint + String.format("%02x", script.length() / 2) + script + "ffffffff"
                + "01" + "0000000000000000" + "00" + "00000000";
    }

    /** Puts a header in front of the transactions and mines it. */
    static byte[] block(String... transactions) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(transactions.length);
        for (String tx : transactions) {
            body.writeBytes(HexFormat.of().parseHex(tx));
        }
        List<Hash256> ids = Arrays.stream(transactions).map(tx -> parse(tx).id()).toList();
        return mined(MerkleRoot.of(ids).hash(), body.toByteArray());
    }

    private static byte[] mined(Hash256 merkleRoot, byte[] body) {
        ByteBuffer block = ByteBuffer.allocate(BlockHeader.BYTES + body.length).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(2).put(new byte[32]).put(merkleRoot.toByteArray()).putInt(1_600_000_000)
                .putInt(BITS).putInt(0).put(body);
        for (int nonce = 0;; nonce++) {
            block.putInt(BlockHeader.BYTES - 4, nonce);
            Hash256 hash = new DoubleSha256().of(block.array(), 0, BlockHeader.BYTES);
            if (hash.toNumber().compareTo(RULES.easiestTarget()) <= 0) {
                return block.array();
            }
        }
    }

    static Transaction parse(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return new TransactionParser(new DoubleSha256()).parse(new ByteReader(new RawBlock("transaction", 0, bytes)));
    }
}
