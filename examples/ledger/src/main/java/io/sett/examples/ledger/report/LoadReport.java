// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.report;

import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.examples.ledger.load.LoadedFile;
import io.sett.examples.ledger.store.LedgerStores;
import io.sett.examples.ledger.store.LedgerTotals;
import io.sett.examples.ledger.store.StateDigest;
import io.sett.examples.ledger.store.SummaryTables;
import io.sett.examples.ledger.store.Timings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/** Prints what a load did and what the ledger holds. */
public final class LoadReport {
    private static final int LARGEST = 5;

    private final LedgerStores stores;
    private final Timings timings;
    private final PrintWriter out;

    /** Makes a report that prints to {@code out}. */
    public LoadReport(LedgerStores stores, Timings timings, PrintWriter out) {
        this.stores = stores;
        this.timings = timings;
        this.out = out;
    }

    /** The files that were loaded. */
    public void printFiles(List<LoadedFile> files) {
        out.println("Files");
        TextTable table = new TextTable(1,
                "file", "blocks", "new", "transactions", "inputs", "outputs", "bytes", "time");
        for (LoadedFile file : files) {
            table.add(String.valueOf(file.file().getFileName()), Figures.count(file.blocks()),
                    Figures.count(file.added()), Figures.count(file.transactions()), Figures.count(file.inputs()),
                    Figures.count(file.outputs()), Figures.count(file.bytes()), Figures.seconds(file.time()));
        }
        table.add("all files", sum(files, LoadedFile::blocks), sum(files, LoadedFile::added),
                sum(files, LoadedFile::transactions), sum(files, LoadedFile::inputs), sum(files, LoadedFile::outputs),
                sum(files, LoadedFile::bytes),
                Figures.seconds(files.stream().map(LoadedFile::time).reduce(Duration.ZERO, Duration::plus)));
        table.print(out);
        out.println();
    }

    /** What is in the ledger now, from whatever run. */
    public void printTotals() {
        LedgerTotals totals = timings.time(StoreKind.KEY_VALUE, () -> LedgerTotals.of(stores.rows()));
        out.println("Ledger");
        TextTable table = new TextTable(1, "holds", "count");
        table.add("blocks", Figures.count(totals.blocks()));
        table.add("transactions", Figures.count(totals.transactions()));
        table.add("inputs", Figures.count(totals.inputs()));
        table.add("outputs", Figures.count(totals.outputs()));
        table.add("bytes", Figures.count(totals.bytes()));
        table.print(out);
        out.println();
    }

    /** The tables of the SQL store. */
    public void printSummaries() {
        SummaryTables summaries = new SummaryTables(stores.summaries(), stores.rows().engine());
        out.println("Outputs by script");
        TextTable scripts = new TextTable(1, "script", "outputs", "value");
        timings.time(StoreKind.SQL, summaries::scripts).forEach(
                row -> scripts.add(row.type(), Figures.count(row.outputs()), Figures.coins(row.value())));
        scripts.print(out);
        out.println();
        out.println("Largest blocks");
        TextTable blocks = new TextTable(1, "block", "height", "transactions", "inputs", "outputs", "bytes");
        timings.time(StoreKind.SQL, () -> summaries.largest(LARGEST)).forEach(
                row -> blocks.add(row.hash(), Figures.count(row.height()), Figures.count(row.transactions()),
                        Figures.count(row.inputs()), Figures.count(row.outputs()), Figures.count(row.bytes())));
        blocks.print(out);
        out.println();
    }

    /** Which engine did how much and how long it took. */
    public void printTimings() {
        out.println("Engines");
        TextTable table = new TextTable(2, "store", "engine", "calls", "time", "per call");
        for (Store store : List.of(stores.rows(), stores.rawBlocks(), stores.summaries(), stores.hot())) {
            long calls = timings.calls(store.kind());
            Duration total = timings.total(store.kind());
            table.add(store.kind().label(), store.engine(), Figures.count(calls), Figures.seconds(total),
                    Figures.perCall(total, calls));
        }
        table.print(out);
        long hits = stores.hot().stats().hits();
        out.println("  cache hits: " + Figures.count(hits) + " of " + Figures.count(stores.hot().stats().requests()));
        out.println();
    }

    /** The fingerprint of the key-value store; the last line is the same whichever engine holds it. */
    public void printDigest() {
        StateDigest digest = timings.time(StoreKind.KEY_VALUE, () -> StateDigest.of(stores.rows()));
        out.println("State");
        out.println("  " + Figures.count(digest.entries()) + " entries, " + Figures.count(digest.bytes())
                + " bytes of keys and values");
        out.println("  digest " + digest.sha256());
    }

    private static String sum(List<LoadedFile> files, ToLongFunction<LoadedFile> figure) {
        return Figures.count(files.stream().mapToLong(figure).sum());
    }
}
