// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.util.ArrayList;
import java.util.List;

/** Turns bytes into a {@link Block}. Checks structure only, see {@link BlockVerifier} for the rest. For one thread. */
final class BlockParser {
    private final DoubleSha256 sha = new DoubleSha256();
    private final TransactionParser transactionParser = new TransactionParser(sha);

    Block parse(RawBlock raw) {
        ByteReader in = new ByteReader(raw);
        BlockHeader header = BlockHeader.read(in, sha);
        int countAt = in.position();
        int count = in.count("transaction count", "transactions", Transaction.LEAST_BYTES);
        if (count == 0) {
            throw in.malformedAt(countAt, "at least one transaction", "none");
        }
        List<Transaction> transactions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            transactions.add(transactionParser.parse(in));
        }
        if (in.remaining() > 0) {
            throw in.malformedAt(in.position(), "the end of the block after " + count + " transactions",
                    in.remaining() + " trailing bytes");
        }
        return new Block(header, transactions, in.position());
    }
}
