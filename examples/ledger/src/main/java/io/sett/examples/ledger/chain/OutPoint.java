// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

/**
 * Names one output of one transaction.
 *
 * @param transaction id of the transaction
 * @param index       position of the output, an unsigned 32-bit number
 */
public record OutPoint(Hash256 transaction, long index) {
    /** The index in the one input of a coinbase, which spends nothing. */
    public static final long NO_INDEX = 0xffff_ffffL;

    /** Whether this is what a coinbase puts in the place of an output. */
    public boolean isNull() {
        return index == NO_INDEX && transaction.equals(Hash256.ZERO);
    }

    @Override
    public String toString() {
        return transaction + ":" + index;
    }
}
