// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.examples.ledger.chain.Hash256;
import io.sett.examples.ledger.chain.Transaction;
import java.nio.ByteBuffer;

/**
 * Where a transaction is and how large.
 *
 * @param block       hash of its block
 * @param height      height of its block
 * @param position    its number in the block, from 0
 * @param offset      where it begins in the raw block
 * @param size        its length in bytes
 * @param inputs      how many inputs it has
 * @param outputs     how many outputs it has
 * @param outputValue the sum of the outputs in satoshi
 * @param coinbase    whether it creates coins
 * @param witness     whether it carries witness data
 */
public record TransactionRow(Hash256 block, int height, int position, int offset, int size, int inputs, int outputs,
        long outputValue, boolean coinbase, boolean witness) {
    private static final int BYTES = Hash256.BYTES + 6 * Integer.BYTES + Long.BYTES + 1;
    private static final int COINBASE = 1;
    private static final int WITNESS = 2;

    static TransactionRow of(Hash256 block, int height, int position, Transaction tx) {
        return new TransactionRow(block, height, position, tx.offset(), tx.size(), tx.inputs().size(),
                tx.outputs().size(), tx.outputValue(), tx.isCoinbase(), tx.hasWitness());
    }

    byte[] encode() {
        return ByteBuffer.allocate(BYTES).put(block.toDisplayed()).putInt(height).putInt(position).putInt(offset)
                .putInt(size).putInt(inputs).putInt(outputs).putLong(outputValue)
                .put((byte) ((coinbase ? COINBASE : 0) | (witness ? WITNESS : 0))).array();
    }

    static TransactionRow decode(byte[] row) {
        ByteBuffer in = RowBuffer.wrap("transaction", row, BYTES, BYTES);
        Hash256 block = Hash256.ofDisplayed(row, 0);
        in.position(Hash256.BYTES);
        int height = in.getInt();
        int position = in.getInt();
        int offset = in.getInt();
        int size = in.getInt();
        int inputs = in.getInt();
        int outputs = in.getInt();
        long outputValue = in.getLong();
        int flags = in.get();
        return new TransactionRow(block, height, position, offset, size, inputs, outputs, outputValue,
                (flags & COINBASE) != 0, (flags & WITNESS) != 0);
    }
}
