// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.util.List;

/**
 * A parsed block.
 *
 * @param header       its header
 * @param transactions its transactions in order, at least one
 * @param size         serialized length in bytes
 */
public record Block(BlockHeader header, List<Transaction> transactions, int size) {
    /** Copies the list. */
    public Block {
        transactions = List.copyOf(transactions);
    }

    /** The name of the block. */
    public Hash256 hash() {
        return header.hash();
    }

    /** The first transaction. */
    public Transaction coinbase() {
        return transactions.get(0);
    }

    /** Number of inputs of all transactions, that of the coinbase included. */
    public int inputCount() {
        return transactions.stream().mapToInt(tx -> tx.inputs().size()).sum();
    }

    /** Number of outputs of all transactions. */
    public int outputCount() {
        return transactions.stream().mapToInt(tx -> tx.outputs().size()).sum();
    }
}
