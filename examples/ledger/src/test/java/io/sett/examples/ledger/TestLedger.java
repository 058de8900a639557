// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.examples.ledger.load.LoadListener;
import io.sett.examples.ledger.store.LedgerStores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A ledger in a directory of its own, used through the command line. */
final class TestLedger {
    /**
     * The digest of the six sample files. It was computed a second time by a program that shares no code with this one,
     * from
     * the layout alone.
     */
    static final String SAMPLE_DIGEST = "7c7ee1d5e979611cc5aacd72d26031a0190cc871fd12c917497911db86a1e482";

    /** Digest of nothing: SHA-256 of no bytes. */
    static final String EMPTY_DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final Path PROJECT = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    private static final String ENGINE_LINE = "kv_store = badger";

    private final Path configuration;
    private final Path data;

    /** What a run printed and how it ended. */
    record Run(int exitCode, String out, String err) {
        Run succeeded() {
            assertThat(err).isEmpty();
            assertThat(exitCode).isZero();
            return this;
        }

        String digest() {
            return out.lines().filter(line -> line.startsWith("  digest ")).findFirst().orElse("").substring(9);
        }
    }

    /** A ledger on a key-value engine; its configuration is that of the example with one line changed. */
    TestLedger(Path directory, String engine) {
        this.configuration = directory.resolve("storage-" + engine + ".conf");
        this.data = directory.resolve("stores");
        try {
            String text = Files.readString(PROJECT.resolve("conf/storage.conf"));
            assertThat(text.split(ENGINE_LINE, -1)).as("lines that choose the engine").hasSize(2);
            Files.writeString(configuration, text.replace(ENGINE_LINE, "kv_store = " + engine));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path sample(String name) {
        return PROJECT.resolve("data").resolve(name);
    }

    /** The arguments that choose this ledger, with others behind them. */
    String[] arguments(String... command) {
        List<String> all = new ArrayList<>(List.of("--config", configuration.toString(), "--data", data.toString()));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    Run run(String... command) {
        return runWith(LoadListener.NONE, arguments(command));
    }

    /** Runs the program with these arguments and no others. */
    static Run runWith(LoadListener listener, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = LedgerCommand.run(Main.STORES, new PrintWriter(out), new PrintWriter(err), listener,
                arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }

    Run load(Path... files) {
        return run(Stream.concat(Stream.of("load"), Stream.of(files).map(Path::toString)).toArray(String[]::new));
    }

    String digest() {
        return run("digest").succeeded().out().strip();
    }

    /** Opens the stores for a moment. */
    void open(Consumer<LedgerStores> action) {
        try (OpenLedger ledger = OpenLedger.start(Main.STORES.open(configuration, Optional.of(data)))) {
            action.accept(ledger.stores());
        }
    }
}
