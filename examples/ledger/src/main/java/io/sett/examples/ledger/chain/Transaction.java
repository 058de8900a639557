// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.util.List;

/**
 * A transaction.
 *
 * @param id        double SHA-256 of the transaction without witness data
 * @param witnessId the same with witness data; equal to {@code id} if there is none
 * @param version   version, an unsigned 32-bit number
 * @param inputs    inputs, at least one
 * @param outputs   outputs, at least one
 * @param lockTime  lock time, an unsigned 32-bit number
 * @param offset    where the transaction begins in its block
 * @param size      serialized length in bytes, witness data included
 */
public record Transaction(Hash256 id, Hash256 witnessId, long version, List<TxInput> inputs, List<TxOutput> outputs,
        long lockTime, int offset, int size) {
    /** The shortest serialized transaction: one input, one output, empty scripts. */
    static final int LEAST_BYTES = 4 + 1 + TxInput.LEAST_BYTES + 1 + TxOutput.LEAST_BYTES + 4;

    /** Copies the lists. */
    public Transaction {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * Parses a transaction that is not in a block file.
     *
     * @param source where it comes from, for the message of a failure
     * @throws MalformedBlockException if it is not exactly one transaction
     */
    public static Transaction parse(String source, byte[] serialized) {
        ByteReader in = new ByteReader(new RawBlock(source, 0, serialized));
        Transaction transaction = new TransactionParser(new DoubleSha256()).parse(in);
        if (in.remaining() > 0) {
            throw in.malformedAt(in.position(), "the end of the transaction", in.remaining() + " trailing bytes");
        }
        return transaction;
    }

    /** Whether this transaction creates coins: one input that spends nothing. */
    public boolean isCoinbase() {
        return inputs.size() == 1 && inputs.get(0).previous().isNull();
    }

    /** Whether the serialized form carries witness data. */
    public boolean hasWitness() {
        return !id.equals(witnessId);
    }

    /** Sum of the output values in satoshi. */
    public long outputValue() {
        return outputs.stream().mapToLong(TxOutput::value).sum();
    }
}
