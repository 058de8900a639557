// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of {@code docs/jlink.md}. */
class JlinkIT {

    private static final String QUICKSTART = "io.sett.examples.quickstart";
    private static final String CONFIGURED = "io.sett.examples.configured";
    private static final String QUICKSTART_MODULES = QUICKSTART + ",io.sett.engine.lsm";
    private static final String CONFIGURED_MODULES = CONFIGURED + ",io.sett.engine.lsm,io.sett.engine.memcache,"
            + "io.sett.engine.file,org.slf4j.nop";

    @TempDir
    Path directory;

    private Jdk image(List<Path> jars, String modules) throws IOException {
        assertThat(Jars.doc("jlink.md")).content().contains("--add-modules " + modules);
        Path image = directory.resolve("image");
        List<String> options = new ArrayList<>(List.of("--module-path", JavaRun.path(jars), "--add-modules", modules,
                "--strip-debug", "--no-header-files", "--no-man-pages", "--output", image.toString()));
        Compiled.tool("jlink", options);
        return new Jdk(image, Jdk.running().feature());
    }

    @Test
    void theDefaultEngineNeedsNoMoreThanItsJars() throws IOException {
        Jdk image = image(Compiled.plus(Jars.smallest(), Jars.exampleJar("quickstart")), QUICKSTART_MODULES);

        JavaRun.on(image, directory).module(QUICKSTART + "/" + QUICKSTART + ".FirstPut").succeeded().printed("hello")
                .silent();
        JavaRun.on(image, directory).module(QUICKSTART + "/" + QUICKSTART + ".Transfer").succeeded()
                .printed("account/alice 70", "account/bob 30").silent();
        assertThat(modules(image)).contains("io.sett.engine.lsm").doesNotContain("java.sql", "java.desktop",
                "jdk.unsupported");
    }

    @Test
    void anEngineThatIsNotLinkedIsNamed() throws IOException {
        Path app = Compiled.jar("engine-list", directory, Jars.smallest());
        Path image = directory.resolve("image");
        Compiled.tool("jlink", List.of("--module-path", JavaRun.path(Compiled.plus(Jars.smallest(), app)),
                "--add-modules", "org.example.enginelist", "--output", image.toString()));

        Outcome outcome = JavaRun.on(new Jdk(image, Jdk.running().feature()), directory)
                .module("org.example.enginelist/org.example.enginelist.EngineList", "badger").failed().silent();

        assertThat(outcome.out()).startsWith("STORAGE_ENGINE_NOT_FOUND: ").contains("io.sett.engine.lsm",
                "--bind-services", "--add-modules");
    }

    @Test
    void theProviderNeedsDescriptorsForItsAutomaticModules() throws IOException {
        List<Path> described = Jars.described();
        Set<String> names = described.stream().map(jar -> Jars.descriptor(jar).name()).collect(Collectors.toSet());
        assertThat(names).containsExactlyInAnyOrder("com.google.guice", "aopalliance", "typesafe.config");
        assertThat(described).noneMatch(jar -> Jars.descriptor(jar).isAutomatic());
        List<Path> jars = new ArrayList<>(described);
        Jars.exampleRun("configured").stream().filter(jar -> !names.contains(Jars.descriptor(jar).name()))
                .forEach(jars::add);
        Path configuration = Files.copy(Jars.example("configured").resolve("conf/storage.yaml"),
                directory.resolve("storage.yaml"));

        Jdk image = image(jars, CONFIGURED_MODULES);

        JavaRun.on(image, directory).module(CONFIGURED + "/" + CONFIGURED + ".WithGuice", configuration.toString())
                .succeeded().printed("order 1: 2 loaves", "drafts left: 0", "cache_store/sessions is on memory",
                        "kv_store/drafts is on memory", "kv_store/orders is on badger").silent();
        Outcome plain = JavaRun.on(image, directory)
                .module(CONFIGURED + "/" + CONFIGURED + ".WithoutGuice", configuration.toString()).succeeded().silent();
        assertThat(plain.out()).startsWith("alice has 70\nbob has 30\n").endsWith("kv_store/default is on badger\n");
        assertThat(modules(image)).doesNotContain("java.desktop");
    }

    private List<String> modules(Jdk image) {
        return JavaRun.run(directory, List.of(image.tool("java").toString(), "--list-modules")).succeeded().out()
                .lines().map(line -> line.replaceAll("@.*", "")).toList();
    }
}
