// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.examples.ledger.chain.ByteString;
import io.sett.examples.ledger.chain.ScriptType;
import io.sett.examples.ledger.chain.TxOutput;
import java.nio.ByteBuffer;

/**
 * An output.
 *
 * @param value  amount in satoshi
 * @param height height of its block
 * @param type   form of its script
 * @param script its script
 */
public record OutputRow(long value, int height, ScriptType type, ByteString script) {
    private static final int FIXED_BYTES = Long.BYTES + Integer.BYTES + 1;

    static OutputRow of(int height, TxOutput output) {
        return new OutputRow(output.value(), height, output.type(), output.script());
    }

    byte[] encode() {
        return ByteBuffer.allocate(FIXED_BYTES + script.length()).putLong(value).putInt(height).put((byte) type.code())
                .put(script.toByteArray()).array();
    }

    static OutputRow decode(byte[] row) {
        ByteBuffer in = RowBuffer.wrap("output", row, FIXED_BYTES, Integer.MAX_VALUE);
        long value = in.getLong();
        int height = in.getInt();
        ScriptType type = ScriptType.ofCode(in.get());
        return new OutputRow(value, height, type, ByteString.copyOf(row, FIXED_BYTES, row.length - FIXED_BYTES));
    }
}
