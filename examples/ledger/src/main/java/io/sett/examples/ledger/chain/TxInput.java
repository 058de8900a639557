// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.util.List;

/**
 * An input: what is spent, and the proof that it may be.
 *
 * @param previous the output that is spent
 * @param script   unlocking script; free data in a coinbase
 * @param sequence sequence number, an unsigned 32-bit number
 * @param witness  witness items (BIP141); empty if there are none
 */
public record TxInput(OutPoint previous, ByteString script, long sequence, List<ByteString> witness) {
    /** The shortest serialized input: an outpoint, an empty script, a sequence number. */
    static final int LEAST_BYTES = 41;

    /** Copies the list. */
    public TxInput {
        witness = List.copyOf(witness);
    }
}
