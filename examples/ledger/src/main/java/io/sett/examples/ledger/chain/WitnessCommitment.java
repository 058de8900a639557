// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The hash over all witness data that a coinbase carries in one of its outputs (BIP141). */
final class WitnessCommitment {
    private static final ByteString MARK = ByteString.copyOf(HexFormat.of().parseHex("6a24aa21a9ed"));

    private WitnessCommitment() {
    }

    /** What the coinbase promises: the last output that begins with the mark counts. */
    static Optional<Hash256> promised(Transaction coinbase) {
        List<TxOutput> outputs = coinbase.outputs();
        for (int i = outputs.size() - 1; i >= 0; i--) {
            ByteString script = outputs.get(i).script();
            if (script.startsWith(MARK) && script.length() >= MARK.length() + Hash256.BYTES) {
                return Optional.of(Hash256.copyOf(script.toByteArray(), MARK.length()));
            }
        }
        return Optional.empty();
    }

    /**
     * What the transactions give. In the tree of witness ids the coinbase counts as zero, since its own cannot be known
     * before the commitment is in it.
     */
    static Hash256 actual(List<Transaction> transactions, ByteString reserved) {
        List<Hash256> leaves = new ArrayList<>(transactions.size());
        leaves.add(Hash256.ZERO);
        transactions.stream().skip(1).map(Transaction::witnessId).forEach(leaves::add);
        Hash256 root = MerkleRoot.of(leaves).hash();
        return new DoubleSha256().update(root).update(reserved.toByteArray(), 0, reserved.length()).finish();
    }

    static void check(RawBlock raw, Block block) {
        if (block.transactions().stream().noneMatch(Transaction::hasWitness)) {
            return;
        }
        Transaction coinbase = block.coinbase();
        List<ByteString> items = coinbase.inputs().get(0).witness();
        if (items.size() != 1 || items.get(0).length() != Hash256.BYTES) {
            throw raw.malformedAt(coinbase.offset(),
                    "one witness item of 32 bytes in the coinbase of a block with witness data",
                    items.size() + " items");
        }
        Hash256 actual = actual(block.transactions(), items.get(0));
        Optional<Hash256> promised = promised(coinbase);
        if (!promised.equals(Optional.of(actual))) {
            throw raw.malformedAt(coinbase.offset(), "witness commitment " + actual + " in the coinbase",
                    promised.map(Hash256::toString).orElse("none"));
        }
    }
}
