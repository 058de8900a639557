// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that are missing, broken, doubled or too new, on the module path. */
class EngineErrorsIT {

    private static final String LIST = "org.example.enginelist/org.example.enginelist.EngineList";
    private static final String CONFIGURED =
            "org.example.configuredengine/org.example.configuredengine.ConfiguredEngine";

    @TempDir
    Path directory;

    private List<Path> path = List.of();

    @BeforeEach
    void spiAndOneEngine() {
        path = List.of(Jars.library("storage-api"), Jars.library("storage-spi"), Jars.foreign("slf4j-api"),
                Jars.exampleJar("third-party-engine"));
        path = Compiled.plus(path, Compiled.jar("engine-list", directory, path));
    }

    private Outcome run(String... arguments) {
        return JavaRun.on(Jdk.running(), directory).modulePath(path).module(LIST, arguments).silent();
    }

    @Test
    void aMissingEngineNamesTheArtifactToAdd() {
        assertThat(run("badger").failed().out())
                .startsWith("STORAGE_ENGINE_NOT_FOUND: no engine 'badger' for a key-value store")
                .contains("engine 'treap' for key-value store", "(module org.example.treap)",
                        "add io.sett:engine-lsm (module io.sett.engine.lsm) to the module path or class path",
                        "--bind-services", "--add-modules");
        assertThat(run("sqlite").failed().out()).contains("io.sett:engine-sqlite (module io.sett.engine.sqlite)");
    }

    @Test
    void aMisspeltEngineGetsASuggestion() {
        assertThat(run("traep").failed().out()).contains("no engine 'traep'", "did you mean 'treap'?");
    }

    @Test
    void aBrokenEngineDoesNotHideTheOthers() {
        path = Compiled.plus(path, Compiled.jar("broken-engine", directory, path));

        run("treap").succeeded().printed("treap has 1");
        assertThat(run().succeeded().out()).contains("engine 'treap' for key-value store")
                .containsPattern("not usable: org\\.example\\.brokenengine\\.BrokenEngine from "
                        + "file:.*broken-engine\\.jar \\(module org\\.example\\.brokenengine\\): "
                        + ".*its licence has run out");
        assertThat(run("broken").failed().out()).startsWith("STORAGE_ENGINE_NOT_FOUND: no engine 'broken'")
                .contains("not usable: org.example.brokenengine.BrokenEngine", "its licence has run out");
    }

    @Test
    void twoEnginesOfOneIdNameBothJars() {
        path = Compiled.plus(path, Compiled.jar("second-treap", directory, path));

        assertThat(run("treap").failed().out()).startsWith("INVALID_CONFIG: two engines have the id 'treap'")
                .contains("org.example.treap.TreapEngineProvider", Jars.exampleJar("third-party-engine").getFileName()
                        .toString(), "(module org.example.treap)", "org.example.secondtreap.SecondTreap",
                        "second-treap.jar", "(module org.example.secondtreap)", "remove one of the two jars");
    }

    @Test
    void anEngineOfANewerSpiSaysSo() {
        path = Compiled.plus(path, Compiled.jar("future-engine", directory, path));

        run("treap").succeeded().printed("treap has 1");
        assertThat(run("future").failed().out()).startsWith("STORAGE_ENGINE_NOT_FOUND: no engine 'future'")
                .contains("engine 'future' from ", "future-engine.jar", "was built for SPI 99.0, this is SPI 1.0");
    }

    @Test
    void configurationReportsTheSame() throws IOException {
        Path brokenEngine = Compiled.jar("broken-engine", directory, path);
        Path futureEngine = Compiled.jar("future-engine", directory, path);
        List<Path> withProvider = new ArrayList<>(Jars.modules());
        withProvider.remove(Jars.library("engine-sqlite"));
        withProvider.addAll(List.of(Compiled.jar("configured-engine", directory, Jars.modules()), brokenEngine,
                futureEngine));
        Path sqlite = configuration("sqlite");
        Path memory = configuration("memory");

        Outcome missing = JavaRun.on(Jdk.running(), directory).modulePath(withProvider)
                .module(CONFIGURED, sqlite.toString()).failed().silent();
        Outcome others = JavaRun.on(Jdk.running(), directory).modulePath(withProvider)
                .module(CONFIGURED, memory.toString()).succeeded().silent();

        assertThat(missing.out()).startsWith("STORAGE_ENGINE_NOT_FOUND: ")
                .contains("io.sett:engine-sqlite (module io.sett.engine.sqlite)", "--bind-services",
                        "storage.default_engines.kv_store", "its licence has run out")
                .containsPattern("sqlite\\.yaml: ?5\\b");
        assertThat(others.out()).startsWith("default on memory has 1\n").contains("usable badger", "not usable "
                + "org.example.brokenengine.BrokenEngine", "not usable org.example.futureengine.FutureEngine",
                "was built for SPI 99.0");
    }

    private Path configuration(String engine) throws IOException {
        return Files.writeString(directory.resolve(engine + ".yaml"), "storage:\n  enabled_stores:\n"
                + "    sqlite: true\n  default_engines:\n    kv_store: " + engine + "\n");
    }
}
