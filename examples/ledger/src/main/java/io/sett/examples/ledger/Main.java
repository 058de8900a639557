// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger;

import io.sett.examples.ledger.report.ProgressDisplay;
import io.sett.provider.StorageProviders;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program. */
public final class Main {
    /** Stores as a configuration file says. */
    static final StoreOpener STORES = (configuration, dataRoot) -> {
        StorageProviders providers = StorageProviders.from(configuration);
        dataRoot.ifPresent(directory -> providers.with("storage.data_root", directory.toAbsolutePath()));
        return providers.build();
    };

    private Main() {
    }

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] args) {
        quietLogs();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(LedgerCommand.run(STORES, out, err, ProgressDisplay.on(System.err), args));
    }

    /** People want to read the report: of the libraries they see warnings only, unless they configure logging. */
    private static void quietLogs() {
        if (System.getProperty("java.util.logging.config.file") == null) {
            Logger.getLogger("").setLevel(Level.WARNING);
        }
    }
}
