// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.report;

import io.sett.examples.ledger.chain.Hash256;
import io.sett.examples.ledger.chain.OutPoint;
import io.sett.examples.ledger.chain.Transaction;
import io.sett.examples.ledger.chain.TxInput;
import io.sett.examples.ledger.store.BlockRow;
import io.sett.examples.ledger.store.LedgerReader;
import io.sett.examples.ledger.store.TransactionRow;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks up what somebody typed and prints what it is. */
public final class LookupReport {
    private static final Pattern HEIGHT = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{1,64}");
    private static final int HASH_DIGITS = 2 * Hash256.BYTES;
    private static final int MOST_MATCHES = 20;
    private static final int MOST_LINES = 10;

    private final LedgerReader reader;
    private final PrintWriter out;

    /** Makes a report that prints to {@code out}. */
    public LookupReport(LedgerReader reader, PrintWriter out) {
        this.reader = reader;
        this.out = out;
    }

    /** Whether the text can be a height, a hash, or the beginning of a hash. */
    public static boolean isQuery(String text) {
        return DIGITS.matcher(text.toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * Finds a block by height or hash, a transaction by id, or either by the first digits of its hash, and prints it.
     *
     * @param text digits for which {@link #isQuery} holds
     * @return whether anything was found
     */
    public boolean find(String text) {
        String query = text.toLowerCase(Locale.ROOT);
        if (query.length() == HASH_DIGITS) {
            return findHash(Hash256.parse(query));
        }
        List<Hash256> atHeight = HEIGHT.matcher(query).matches()
                ? reader.blocksAt(Integer.parseInt(query)) : List.of();
        if (!atHeight.isEmpty()) {
            atHeight.forEach(this::findHash);
            return true;
        }
        return findPrefix(query);
    }

    private boolean findHash(Hash256 hash) {
        Optional<BlockRow> block = reader.block(hash);
        if (block.isPresent()) {
            printBlock(hash, block.get());
            return true;
        }
        Optional<TransactionRow> transaction = reader.transaction(hash);
        transaction.ifPresent(row -> printTransaction(hash, row));
        return transaction.isPresent();
    }

    private boolean findPrefix(String digits) {
        List<Hash256> blocks = reader.blocksLike(digits, MOST_MATCHES + 1);
        List<Hash256> transactions = reader.transactionsLike(digits, MOST_MATCHES + 1);
        int found = blocks.size() + transactions.size();
        if (found == 1) {
            (blocks.isEmpty() ? transactions : blocks).forEach(this::findHash);
        } else if (found > 0) {
            out.println("Hashes that begin with " + digits);
            printMatches("block", blocks);
            printMatches("transaction", transactions);
        }
        return found > 0;
    }

    private void printMatches(String kind, List<Hash256> hashes) {
        hashes.stream().limit(MOST_MATCHES).forEach(hash -> out.println("  " + kind + " " + hash));
        if (hashes.size() > MOST_MATCHES) {
            out.println("  more " + kind + "s: give more digits");
        }
    }

    private void printBlock(Hash256 hash, BlockRow row) {
        out.println("Block " + hash);
        line("height", Integer.toString(row.height()));
        line("time", Instant.ofEpochSecond(row.header().time()).toString());
        line("parent", row.header().previous().toString());
        line("Merkle root", row.header().merkleRoot().toString());
        line("version", String.format("%08x", row.header().version()));
        line("holds", Figures.count(row.transactions()) + " transactions, " + Figures.count(row.inputs()) + " inputs, "
                + Figures.count(row.outputs()) + " outputs, " + Figures.coins(row.outputValue()));
        line("raw block", reader.verifyRaw(hash) + ", " + Figures.count(row.size()) + " bytes, checksum good");
    }

    private void printTransaction(Hash256 id, TransactionRow row) {
        Transaction transaction = reader.load(id, row);
        out.println("Transaction " + id);
        line("block", row.block() + ", height " + row.height() + ", number " + row.position());
        line("size", Figures.count(row.size()) + " bytes" + (row.witness() ? ", with witness data" : ""));
        line("moves", Figures.coins(row.outputValue()) + (row.coinbase() ? ", newly made and fees" : ""));
        List<TxInput> inputs = row.coinbase() ? List.of() : transaction.inputs();
        for (int i = 0; i < Math.min(MOST_LINES, inputs.size()); i++) {
            line("input " + i, describeInput(inputs.get(i).previous()));
        }
        more("inputs", inputs.size());
        for (int i = 0; i < Math.min(MOST_LINES, row.outputs()); i++) {
            line("output " + i, describeOutput(new OutPoint(id, i)));
        }
        more("outputs", row.outputs());
    }

    private String describeInput(OutPoint point) {
        return point + reader.output(point).map(output -> ", " + Figures.coins(output.value()) + " from height "
                + output.height()).orElse(", not in this ledger");
    }

    private String describeOutput(OutPoint point) {
        String output = reader.output(point).map(row -> Figures.coins(row.value()) + " to " + row.type())
                .orElse("missing");
        return output + reader.spent(point).map(row -> ", spent by input " + row.input() + " of " + row.spender()
                + " at height " + row.height()).orElse(", not spent in this ledger");
    }

    private void more(String things, int count) {
        if (count > MOST_LINES) {
            line("", "and " + Figures.count(count - MOST_LINES) + " more " + things);
        }
    }

    private void line(String name, String value) {
        out.println(String.format("  %-12s %s", name, value));
    }
}
