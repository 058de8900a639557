// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ledger example on every key-value engine: one line of its configuration changes, the digest does not. */
class LedgerIT {

    private static final String MAIN = "io.sett.examples.ledger/io.sett.examples.ledger.Main";
    private static final String DIGEST = "  digest 7c7ee1d5e979611cc5aacd72d26031a0190cc871fd12c917497911db86a1e482";
    private static final String CHOICE = "kv_store = badger";
    private static final String SQLITE_ACCESS = "--enable-native-access=org.xerial.sqlitejdbc";

    @TempDir
    Path directory;

    static Stream<Arguments> runs() {
        return Jdk.all().stream().flatMap(jdk -> Stream.of("badger", "memory", "sqlite", "treap")
                .map(engine -> Arguments.of(jdk, engine)));
    }

    private JavaRun ledger(Jdk jdk) {
        return JavaRun.on(jdk, directory).modulePath(Compiled.plus(Jars.exampleRun("ledger"),
                Jars.exampleJar("third-party-engine")));
    }

    private Path configuration(String engine) throws IOException {
        String text = Files.readString(Jars.example("ledger").resolve("conf/storage.conf"));
        assertThat(text).containsOnlyOnce(CHOICE);
        return Files.writeString(directory.resolve("storage.conf"), text.replace(CHOICE, "kv_store = " + engine));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void givesTheSameDigest(Jdk jdk, String engine) throws IOException {
        Outcome outcome = ledger(jdk).module(MAIN, "--config", configuration(engine).toString()).succeeded();

        assertThat(outcome.out()).startsWith("Ledger on engine " + engine + " ").contains("24,420 entries");
        assertThat(outcome.out().lines()).endsWith(DIGEST);
        if (jdk.warnsOfNativeAccess()) {
            outcome.silentButForNativeAccessOfSqlite();
        } else {
            outcome.silent();
        }
    }

    @Test
    void oneOptionSilencesWhatNewerJvmsSayAboutTheSqliteDriver() throws IOException {
        for (Jdk jdk : Jdk.all()) {
            JavaRun run = jdk.warnsOfNativeAccess() ? ledger(jdk).with(SQLITE_ACCESS) : ledger(jdk);
            run.module(MAIN, "--config", configuration("sqlite").toString(), "digest").succeeded().silent();
        }
    }
}
