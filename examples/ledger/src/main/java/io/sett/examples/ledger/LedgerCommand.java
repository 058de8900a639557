// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger;

import io.sett.api.common.StoreKind;
import io.sett.api.error.StorageException;
import io.sett.examples.ledger.chain.MalformedBlockException;
import io.sett.examples.ledger.load.LoadListener;
import io.sett.examples.ledger.load.LoadedFile;
import io.sett.examples.ledger.load.Loader;
import io.sett.examples.ledger.report.LoadReport;
import io.sett.examples.ledger.report.LookupReport;
import io.sett.examples.ledger.store.LedgerReader;
import io.sett.examples.ledger.store.StateDigest;
import io.sett.examples.ledger.store.Timings;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: options, commands, exit codes. */
@Command(name = "ledger", mixinStandardHelpOptions = true, version = "ledger, an example of Sett", sortOptions = false,
        description = {"Stores Bitcoin blocks with every kind of store and looks things up in them.",
            "Without a command: loads the sample blocks, prints a report, looks a few things up, prints the digest."},
        footer = {"", "Exit codes: 0 done; 1 bad file, storage failure or nothing found; 2 wrong usage."})
final class LedgerCommand implements Runnable {
    private static final List<String> SAMPLE_QUERIES = List.of(
            "170",
            "000000000000000000893c019d81f2d48ee33892c12428f3121bbd16ed6db926",
            "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16",
            "0437cd7f",
            "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16");

    private final StoreOpener opener;
    private final LoadListener listener;
    private @Nullable Path configuration;
    private @Nullable Path dataRoot;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private LedgerCommand(StoreOpener opener, LoadListener listener) {
        this.opener = opener;
        this.listener = listener;
    }

    /** Runs the program; returns its exit code. */
    static int run(StoreOpener opener, PrintWriter out, PrintWriter err, LoadListener listener, String... args) {
        return new CommandLine(new LedgerCommand(opener, listener)).setOut(out).setErr(err)
                .setExecutionExceptionHandler(LedgerCommand::explain).execute(args);
    }

    /** Failures that a user can do something about are told in one line; anything else shows where it came from. */
    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof MalformedBlockException || failure instanceof StorageException) {
            command.getErr().println("ledger: " + failure.getMessage());
        } else if (failure instanceof UncheckedIOException && failure.getCause() != null) {
            command.getErr().println("ledger: " + failure.getMessage() + ": " + failure.getCause());
        } else {
            failure.printStackTrace(command.getErr());
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    @Option(names = "--config", paramLabel = "FILE", scope = ScopeType.INHERIT,
            description = "storage configuration; without it conf/storage.conf of the example")
    private void setConfiguration(Path file) {
        if (!Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), "cannot read the configuration " + file);
        }
        configuration = file;
    }

    @Option(names = "--data", paramLabel = "DIR", scope = ScopeType.INHERIT,
            description = "directory of the stores (storage.data_root), in place of the configured one")
    private void setDataRoot(Path directory) {
        dataRoot = directory;
    }

    @Override
    public void run() {
        Timings timings = new Timings();
        try (OpenLedger ledger = open()) {
            LoadReport report = load(ledger, timings, Home.find().samples());
            LookupReport lookups = new LookupReport(new LedgerReader(ledger.stores(), timings), out());
            for (String query : SAMPLE_QUERIES) {
                out().println("Lookup of " + query);
                lookups.find(query);
                out().println();
            }
            report.printTimings();
            report.printDigest();
        }
    }

    @Command(name = "load", mixinStandardHelpOptions = true, sortOptions = false,
            description = {"Loads block files, raw or framed, and prints a report and the digest.",
                "All files are checked before anything is stored; blocks that are there already are skipped."})
    private void load(@Parameters(paramLabel = "FILE", arity = "0..*",
            description = "block files; without any the sample blocks") @Nullable List<Path> files) {
        Timings timings = new Timings();
        try (OpenLedger ledger = open()) {
            LoadReport report = load(ledger, timings, files == null ? Home.find().samples() : files);
            report.printTimings();
            report.printDigest();
        }
    }

    @Command(name = "find", mixinStandardHelpOptions = true, sortOptions = false,
            description = "Looks up a block or a transaction.")
    private int find(@Parameters(paramLabel = "HASH|HEIGHT|TXID|PREFIX",
            description = "a block hash, a height, a transaction id, or the first digits of a hash")
            String query) {
        if (!LookupReport.isQuery(query)) {
            throw new ParameterException(spec.subcommands().get("find"),
                    "'" + query + "' is neither a height nor a hash nor the beginning of one: up to 64 of 0-9 a-f");
        }
        try (OpenLedger ledger = open()) {
            if (new LookupReport(new LedgerReader(ledger.stores(), new Timings()), out()).find(query)) {
                return CommandLine.ExitCode.OK;
            }
        }
        err().println("ledger: no block or transaction '" + query + "' in this ledger");
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Command(name = "digest", mixinStandardHelpOptions = true, sortOptions = false,
            description = "Prints SHA-256 over all entries of the key-value store in key order.")
    private void digest() {
        try (OpenLedger ledger = open()) {
            out().println(StateDigest.of(ledger.stores().rows()).sha256());
        }
    }

    private LoadReport load(OpenLedger ledger, Timings timings, List<Path> files) {
        List<LoadedFile> loaded = new Loader(ledger.stores(), timings, listener).load(files);
        LoadReport report = new LoadReport(ledger.stores(), timings, out());
        out().println("Ledger on engine " + ledger.stores().rows().engine() + " ("
                + StoreKind.KEY_VALUE.key() + ")");
        out().println();
        report.printFiles(loaded);
        report.printTotals();
        report.printSummaries();
        return report;
    }

    private OpenLedger open() {
        Path file = configuration == null ? Home.find().configuration() : configuration;
        return OpenLedger.start(opener.open(file, Optional.ofNullable(dataRoot)));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
