// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.api.common.StoreKind;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.KVWriter;
import io.sett.examples.ledger.chain.Block;
import io.sett.examples.ledger.chain.CheckedBlock;
import io.sett.examples.ledger.chain.Hash256;
import io.sett.examples.ledger.chain.OutPoint;
import io.sett.examples.ledger.chain.Transaction;
import java.util.List;
import java.util.function.Consumer;

/** Stores blocks in the three steps that the package description explains. For one thread. */
public final class LedgerWriter {
    private final KVStore rows;
    private final RawBlocks rawBlocks;
    private final SummaryTables summaries;
    private final Timings timings;
    private final Consumer<StoreStep> afterStep;

    /**
     * Makes a writer.
     *
     * @param afterStep told of each step when it is done, or when it turned out to be done already
     */
    public LedgerWriter(LedgerStores stores, Timings timings, Consumer<StoreStep> afterStep) {
        this.rows = stores.rows();
        this.rawBlocks = new RawBlocks(stores.rawBlocks());
        this.summaries = new SummaryTables(stores.summaries(), stores.rows().engine());
        this.timings = timings;
        this.afterStep = afterStep;
    }

    /** Makes the tables if they are missing, and drops summaries of blocks that the key-value store does not have. */
    public void prepare() {
        timings.time(StoreKind.SQL, summaries::create);
        List<Hash256> orphans = timings.time(StoreKind.SQL, summaries::blocks).stream()
                .filter(hash -> !hasRows(hash)).toList();
        if (!orphans.isEmpty()) {
            timings.time(StoreKind.SQL, () -> summaries.delete(orphans));
        }
    }

    /**
     * Stores what is missing of a block.
     *
     * @return whether its rows were not there yet
     */
    public boolean store(CheckedBlock checked) {
        Hash256 hash = checked.block().hash();
        timings.time(StoreKind.FILE, () -> rawBlocks.saveIfAbsent(hash, checked.raw()));
        afterStep.accept(StoreStep.FILE);
        boolean added = !hasRows(hash);
        if (added) {
            timings.time(StoreKind.KEY_VALUE, () -> rows.execute(transaction -> putRows(transaction, checked)));
        }
        afterStep.accept(StoreStep.ROWS);
        if (!timings.time(StoreKind.SQL, () -> summaries.has(hash))) {
            timings.time(StoreKind.SQL, () -> summaries.put(checked));
        }
        afterStep.accept(StoreStep.SUMMARY);
        return added;
    }

    private boolean hasRows(Hash256 hash) {
        return timings.time(StoreKind.KEY_VALUE, () -> rows.has(LedgerKeys.block(hash)));
    }

    private static void putRows(KVWriter target, CheckedBlock checked) {
        Block block = checked.block();
        Hash256 hash = block.hash();
        BlockRow row = BlockRow.of(checked);
        target.put(LedgerKeys.block(hash), row.encode());
        target.put(LedgerKeys.height(checked.height(), hash), row.headerBytes());
        for (int position = 0; position < block.transactions().size(); position++) {
            Transaction tx = block.transactions().get(position);
            target.put(LedgerKeys.transaction(tx.id()),
                    TransactionRow.of(hash, checked.height(), position, tx).encode());
            putOutputs(target, checked.height(), tx);
            putSpentMarks(target, checked.height(), tx);
        }
    }

    private static void putOutputs(KVWriter target, int height, Transaction tx) {
        for (int i = 0; i < tx.outputs().size(); i++) {
            target.put(LedgerKeys.output(new OutPoint(tx.id(), i)), OutputRow.of(height, tx.outputs().get(i)).encode());
        }
    }

    private static void putSpentMarks(KVWriter target, int height, Transaction tx) {
        if (tx.isCoinbase()) {
            return;
        }
        for (int i = 0; i < tx.inputs().size(); i++) {
            target.put(LedgerKeys.spent(tx.inputs().get(i).previous()), new SpentRow(tx.id(), i, height).encode());
        }
    }
}
