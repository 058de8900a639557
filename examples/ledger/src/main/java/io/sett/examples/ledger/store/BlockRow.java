// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.examples.ledger.chain.Block;
import io.sett.examples.ledger.chain.BlockHeader;
import io.sett.examples.ledger.chain.CheckedBlock;
import io.sett.examples.ledger.chain.Transaction;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the ledger knows of a block.
 *
 * @param height       its height
 * @param size         its length in bytes
 * @param transactions how many transactions it has
 * @param inputs       how many inputs they have, coinbase included
 * @param outputs      how many outputs they have
 * @param outputValue  the sum of the outputs in satoshi
 * @param header       its header
 * @param headerBytes  the same as it is hashed; nobody may change it
 */
public record BlockRow(int height, int size, int transactions, int inputs, int outputs, long outputValue,
        BlockHeader header, byte[] headerBytes) {
    private static final int BYTES = 5 * Integer.BYTES + Long.BYTES + BlockHeader.BYTES;

    static BlockRow of(CheckedBlock checked) {
        Block block = checked.block();
        return new BlockRow(checked.height(), block.size(), block.transactions().size(), block.inputCount(),
                block.outputCount(), block.transactions().stream().mapToLong(Transaction::outputValue).sum(),
                block.header(), Arrays.copyOf(checked.raw().bytes(), BlockHeader.BYTES));
    }

    byte[] encode() {
        return ByteBuffer.allocate(BYTES).putInt(height).putInt(size).putInt(transactions).putInt(inputs)
                .putInt(outputs).putLong(outputValue).put(headerBytes).array();
    }

    static BlockRow decode(byte[] row) {
        ByteBuffer in = RowBuffer.wrap("block", row, BYTES, BYTES);
        int height = in.getInt();
        int size = in.getInt();
        int transactions = in.getInt();
        int inputs = in.getInt();
        int outputs = in.getInt();
        long outputValue = in.getLong();
        byte[] header = Arrays.copyOfRange(row, in.position(), BYTES);
        return new BlockRow(height, size, transactions, inputs, outputs, outputValue,
                BlockHeader.parse("stored header", header), header);
    }
}
