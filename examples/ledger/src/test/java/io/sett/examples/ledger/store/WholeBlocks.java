// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;

/** What must hold of a ledger at every moment: no block is there in part, none twice. */
public final class WholeBlocks {
    private WholeBlocks() {
    }

    /** Checks it; returns how many blocks there are. */
    public static long check(LedgerStores stores) {
        KVStore rows = stores.rows();
        LedgerTotals totals = LedgerTotals.of(rows);
        assertThat(rows.count(new byte[] {'b'})).isEqualTo(totals.blocks());
        assertThat(rows.count(new byte[] {'h'})).isEqualTo(totals.blocks());
        assertThat(rows.count(new byte[] {'t'})).isEqualTo(totals.transactions());
        assertThat(rows.count(new byte[] {'o'})).isEqualTo(totals.outputs());
        assertThat(rows.count(new byte[] {'s'})).isEqualTo(totals.inputs() - totals.blocks());
        RawBlocks rawBlocks = new RawBlocks(stores.rawBlocks());
        try (Cursor cursor = rows.iterate(new byte[] {'b'})) {
            while (cursor.next()) {
                assertThat(rawBlocks.verify(LedgerKeys.hashIn(cursor.key())))
                        .isEqualTo(BlockRow.decode(cursor.value()).size());
            }
        }
        return totals.blocks();
    }

    /** Checks that every block has its summary, and no other block has one; for a load that came to its end. */
    public static void checkSummaries(LedgerStores stores) {
        SummaryTables summaries = new SummaryTables(stores.summaries(), stores.rows().engine());
        LedgerTotals totals = LedgerTotals.of(stores.rows());
        assertThat(summaries.blocks()).hasSize((int) totals.blocks()).doesNotHaveDuplicates();
        assertThat(summaries.scripts().stream().mapToLong(SummaryTables.ScriptSummary::outputs).sum())
                .isEqualTo(totals.outputs());
    }
}
