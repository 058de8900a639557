// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Engines are found on the module path and on the class path, those of others too. */
class DiscoveryIT {

    private static final String LIST = "org.example.enginelist.EngineList";
    private static final String CONFIGURED = "org.example.configuredengine.ConfiguredEngine";
    private static final String[] IDS = {"badger", "file", "kvfile", "memory", "sqlite", "temp", "treap"};

    @TempDir
    Path directory;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    private static List<Path> allEngines() {
        return Compiled.plus(Jars.modules(), Jars.exampleJar("third-party-engine"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void onTheModulePath(Jdk jdk) {
        Path app = Compiled.jar("engine-list", directory, Jars.modules());
        List<Path> path = Compiled.plus(allEngines(), app);

        Outcome list = JavaRun.on(jdk, directory).modulePath(path).module("org.example.enginelist/" + LIST).succeeded()
                .silent();

        assertThat(ids(list)).containsExactly(IDS);
        assertThat(list.out()).doesNotContain("not usable")
                .contains("engine 'badger' (also lsm) for key-value store, SPI 1.0, from ")
                .containsPattern("engine 'treap' for key-value store, SPI 1\\.0, from file:.*third-party-engine-.*"
                        + "\\.jar \\(module org\\.example\\.treap\\)");
        JavaRun.on(jdk, directory).modulePath(path).module("org.example.enginelist/" + LIST, "treap").succeeded()
                .printed("treap has 1").silent();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void onTheClassPath(Jdk jdk) {
        Path app = Compiled.jar("engine-list", directory, Jars.modules());
        List<Path> path = Compiled.plus(allEngines(), app);

        Outcome list = JavaRun.on(jdk, directory).classPath(path).mainClass(LIST).succeeded().silent();

        assertThat(ids(list)).containsExactly(IDS);
        assertThat(list.out()).doesNotContain("not usable").doesNotContain("(module ");
        JavaRun.on(jdk, directory).classPath(path).mainClass(LIST, "treap").succeeded().printed("treap has 1").silent();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void anEngineOfOthersIsSelectedByConfiguration(Jdk jdk) throws IOException {
        Path app = Compiled.jar("configured-engine", directory, Jars.modules());
        Path configuration = Files.writeString(directory.resolve("storage.yaml"),
                "storage:\n  default_engines:\n    kv_store: treap\n  enabled_stores:\n    file: true\n"
                        + "    sqlite: true\n    temp: true\n");
        List<Path> path = Compiled.plus(allEngines(), app);
        String[] expected = {"default on treap has 1", "usable badger", "usable file", "usable kvfile",
            "usable memory", "usable sqlite", "usable temp", "usable treap"};

        JavaRun.on(jdk, directory).modulePath(path)
                .module("org.example.configuredengine/" + CONFIGURED, configuration.toString()).succeeded()
                .printed(expected).silent();
        JavaRun.on(jdk, directory).classPath(path).mainClass(CONFIGURED, configuration.toString()).succeeded()
                .printed(expected).silent();
    }

    private static List<String> ids(Outcome list) {
        return list.out().lines().filter(line -> line.startsWith("engine '"))
                .map(line -> line.substring("engine '".length(), line.indexOf('\'', "engine '".length()))).toList();
    }
}
