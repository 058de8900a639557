// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.util.List;

/** Checks what a block claims about itself; the list is in the package description. Immutable. */
final class BlockVerifier {
    private final ChainRules rules;

    BlockVerifier(ChainRules rules) {
        this.rules = rules;
    }

    void verify(RawBlock raw, Block block) {
        ProofOfWork.check(raw, block.header(), rules);
        checkMerkleRoot(raw, block);
        checkCoinbase(raw, block.transactions());
        WitnessCommitment.check(raw, block);
    }

    private static void checkMerkleRoot(RawBlock raw, Block block) {
        MerkleRoot root = MerkleRoot.of(block.transactions().stream().map(Transaction::id).toList());
        if (!root.hash().equals(block.header().merkleRoot())) {
            throw raw.malformedAt(BlockHeader.MERKLE_ROOT_AT,
                    "Merkle root " + root.hash() + ", which the transactions give",
                    block.header().merkleRoot().toString());
        }
        if (root.ambiguous()) {
            throw raw.malformedAt(BlockHeader.BYTES, "a list of different transactions", "a repeated part of the list");
        }
    }

    private static void checkCoinbase(RawBlock raw, List<Transaction> transactions) {
        for (int i = 0; i < transactions.size(); i++) {
            Transaction tx = transactions.get(i);
            boolean first = i == 0;
            if (tx.isCoinbase() != first) {
                throw raw.malformedAt(tx.offset(),
                        first ? "a coinbase as the first transaction" : "a coinbase only in front",
                        (first ? "transaction " : "coinbase ") + tx.id() + " as number " + (i + 1));
            }
        }
    }
}
