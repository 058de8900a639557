// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.examples.ledger.chain.Hash256;
import java.nio.ByteBuffer;

/**
 * Marks an output as spent.
 *
 * @param spender the transaction that spends it
 * @param input   by which of its inputs, from 0
 * @param height  height of the block of the spender
 */
public record SpentRow(Hash256 spender, int input, int height) {
    private static final int BYTES = Hash256.BYTES + 2 * Integer.BYTES;

    byte[] encode() {
        return ByteBuffer.allocate(BYTES).put(spender.toDisplayed()).putInt(input).putInt(height).array();
    }

    static SpentRow decode(byte[] row) {
        ByteBuffer in = RowBuffer.wrap("spent", row, BYTES, BYTES).position(Hash256.BYTES);
        return new SpentRow(Hash256.ofDisplayed(row, 0), in.getInt(), in.getInt());
    }
}
