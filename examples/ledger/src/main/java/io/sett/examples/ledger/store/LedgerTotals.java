// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;

/**
 * What the ledger holds altogether.
 *
 * @param blocks       number of blocks
 * @param transactions number of transactions
 * @param inputs       number of inputs, coinbases included
 * @param outputs      number of outputs
 * @param bytes        bytes of raw blocks
 */
public record LedgerTotals(long blocks, long transactions, long inputs, long outputs, long bytes) {
    /** Nothing. */
    public static final LedgerTotals NONE = new LedgerTotals(0, 0, 0, 0, 0);

    /** Adds up the block rows. */
    public static LedgerTotals of(KVStore rows) {
        LedgerTotals totals = NONE;
        try (Cursor cursor = rows.iterate(LedgerKeys.blocks(new byte[0]))) {
            while (cursor.next()) {
                totals = totals.plus(BlockRow.decode(cursor.value()));
            }
        }
        return totals;
    }

    private LedgerTotals plus(BlockRow row) {
        return new LedgerTotals(blocks + 1, transactions + row.transactions(), inputs + row.inputs(),
                outputs + row.outputs(), bytes + row.size());
    }
}
