// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import io.sett.api.sql.SqlMigration;
import io.sett.examples.ledger.chain.CheckedBlock;
import io.sett.examples.ledger.chain.Hash256;
import io.sett.examples.ledger.chain.ScriptType;
import io.sett.examples.ledger.chain.Transaction;
import io.sett.examples.ledger.chain.TxOutput;
import java.lang.invoke.MethodHandles;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of summaries. Every row belongs to one ledger, named after the key-value engine that holds its rows, so
 * that
 * a change of engine does not mix two states.
 */
public final class SummaryTables {
    private static final SqlMigration FIRST = SqlMigration.script(1, "summaries of blocks and scripts", """
            create table block_summary (
                ledger text not null,
                hash text not null,
                height integer not null,
                time integer not null,
                transactions integer not null,
                inputs integer not null,
                outputs integer not null,
                value integer not null,
                bytes integer not null,
                primary key (ledger, hash)
            );
            create table script_summary (
                ledger text not null,
                hash text not null,
                type text not null,
                outputs integer not null,
                value integer not null,
                primary key (ledger, hash, type)
            );
            """);

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final SQLStore store;
    private final String ledger;

    /**
     * The tables of one ledger.
     *
     * @param ledger the name of the key-value engine
     */
    public SummaryTables(SQLStore store, String ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    /**
     * A block.
     *
     * @param hash         its hash
     * @param height       its height
     * @param transactions number of transactions
     * @param inputs       number of inputs
     * @param outputs      number of outputs
     * @param bytes        its length
     */
    public record BlockSummary(String hash, int height, long transactions, long inputs, long outputs, long bytes) {
    }

    /**
     * A form of script over all blocks.
     *
     * @param type    name of the form
     * @param outputs how many outputs have it
     * @param value   what they hold together, in satoshi
     */
    public record ScriptSummary(String type, long outputs, long value) {
    }

    private static final class ScriptSum {
        private long outputs;
        private long value;

        private void add(TxOutput output) {
            outputs++;
            value += output.value();
        }
    }

    /** Makes the tables if they are missing. */
    void create() {
        store.migrate(List.of(FIRST));
    }

    /** Whether there is a summary of this block. */
    boolean has(Hash256 hash) {
        return store.queryOne("select 1 from block_summary where ledger = ? and hash = ?", Rows.asLong(), ledger,
                hash.toString()).isPresent();
    }

    /** Writes the summary of a block, in place of one that is there. */
    void put(CheckedBlock checked) {
        BlockRow row = BlockRow.of(checked);
        String hash = checked.block().hash().toString();
        Map<ScriptType, ScriptSum> scripts = new EnumMap<>(ScriptType.class);
        for (Transaction transaction : checked.block().transactions()) {
            transaction.outputs().forEach(
                    output -> scripts.computeIfAbsent(output.type(), type -> new ScriptSum()).add(output));
        }
        store.run(transaction -> {
            transaction.execute("delete from script_summary where ledger = ? and hash = ?", ledger, hash);
            transaction.batch("insert into script_summary values (?, ?, ?, ?, ?)", scripts.entrySet().stream()
                    .map(sum -> List.of(ledger, hash, sum.getKey().name(), sum.getValue().outputs,
                            sum.getValue().value))
                    .toList());
            transaction.execute("insert or replace into block_summary values (?, ?, ?, ?, ?, ?, ?, ?, ?)", ledger, hash,
                    row.height(), row.header().time(), row.transactions(), row.inputs(), row.outputs(),
                    row.outputValue(), row.size());
        });
    }

    /** The blocks that have a summary. */
    List<Hash256> blocks() {
        return store.query("select hash from block_summary where ledger = ?", row -> Hash256.parse(row.getString(0)),
                ledger);
    }

    /** Deletes the summaries of these blocks. */
    void delete(List<Hash256> blocks) {
        List<List<String>> keys = blocks.stream().map(hash -> List.of(ledger, hash.toString())).toList();
        store.run(transaction -> {
            transaction.batch("delete from script_summary where ledger = ? and hash = ?", keys);
            transaction.batch("delete from block_summary where ledger = ? and hash = ?", keys);
        });
    }

    /** Outputs and their value by form of script, the most frequent first. */
    public List<ScriptSummary> scripts() {
        return store.query("""
                select type, sum(outputs) as outputs, sum(value) as value from script_summary where ledger = ?
                group by type order by 2 desc, 1""", Rows.record(LOOKUP, ScriptSummary.class), ledger);
    }

    /** The largest blocks, largest first. */
    public List<BlockSummary> largest(int count) {
        return store.query("""
                select hash, height, transactions, inputs, outputs, bytes from block_summary where ledger = ?
                order by bytes desc, hash limit ?""", Rows.record(LOOKUP, BlockSummary.class), ledger, count);
    }
}
