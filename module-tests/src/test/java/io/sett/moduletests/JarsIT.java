// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.moduletests.Jars.Library;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each jar shows to the outside. */
class JarsIT {

    private static final String SERVICE = "io.sett.spi.EngineProvider";

    /** Packages that anybody may use. */
    private static final Map<String, Set<String>> EXPORTS = Map.of(
            "storage-api", Set.of("io.sett.api", "io.sett.api.cache", "io.sett.api.common", "io.sett.api.error",
                    "io.sett.api.event", "io.sett.api.file", "io.sett.api.kv", "io.sett.api.sql"),
            "storage-spi", Set.of("io.sett.spi", "io.sett.spi.keyspace", "io.sett.spi.kv", "io.sett.spi.settings"),
            "engine-lsm", Set.of("io.sett.engine.lsm"),
            "engine-memcache", Set.of("io.sett.engine.memcache"),
            "engine-file", Set.of("io.sett.engine.file"),
            "engine-sqlite", Set.of("io.sett.engine.sqlite"),
            "jcache", Set.of("io.sett.jcache", "io.sett.jcache.spi"),
            "provider", Set.of("io.sett.provider"));

    /** Packages that certain modules may use. */
    private static final Map<String, Map<String, Set<String>>> QUALIFIED = Map.of("storage-spi", Map.of(
            "io.sett.spi.log", Set.of("io.sett.engine.lsm", "io.sett.engine.memcache", "io.sett.engine.file",
                    "io.sett.engine.sqlite", "io.sett.jcache", "io.sett.provider")));

    private static final Map<String, Set<String>> ENGINES = Map.of(
            "engine-lsm", Set.of("io.sett.engine.lsm.internal.LsmEngineProvider"),
            "engine-memcache", Set.of("io.sett.engine.memcache.internal.MemoryEngineProvider"),
            "engine-file", Set.of("io.sett.engine.file.internal.FileEngineProvider",
                    "io.sett.engine.file.internal.KeyValueFileEngineProvider",
                    "io.sett.engine.file.internal.TempEngineProvider"),
            "engine-sqlite", Set.of("io.sett.engine.sqlite.internal.SqliteEngineProvider"),
            "third-party-engine", Set.of("org.example.treap.TreapEngineProvider"));

    static List<Library> libraries() {
        return Jars.LIBRARIES;
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void isANamedModule(Library library) {
        ModuleDescriptor descriptor = library.descriptor();

        assertThat(descriptor.name()).isEqualTo(library.module());
        assertThat(descriptor.isAutomatic()).isFalse();
        assertThat(descriptor.isOpen()).isFalse();
        assertThat(descriptor.opens()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void exportsOnlyWhatUsersNeed(Library library) {
        Set<ModuleDescriptor.Exports> exports = library.descriptor().exports();

        Set<String> toAll = exports.stream().filter(one -> !one.isQualified()).map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        if (library.artifact().equals("testkit")) {
            // One package for each kind of store, models, checkers of histories, instruments of survival.
            assertThat(toAll).contains("io.sett.testkit", "io.sett.testkit.kv").allMatch(name -> name.matches(
                    "io\\.sett\\.testkit(\\.(kv|cache|file|temp|sql|model|history|fault|survival))?"));
        } else {
            assertThat(toAll).isEqualTo(EXPORTS.get(library.artifact()));
        }
        assertThat(exports.stream().filter(ModuleDescriptor.Exports::isQualified)
                .collect(Collectors.toMap(ModuleDescriptor.Exports::source, ModuleDescriptor.Exports::targets)))
                .isEqualTo(QUALIFIED.getOrDefault(library.artifact(), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void namesItsEnginesForModulePathAndClassPathAlike(Library library) throws IOException {
        checkServices(library.jar(), ENGINES.getOrDefault(library.artifact(), Set.of()));
    }

    @Test
    void theThirdPartyEngineDoesTheSame() throws IOException {
        checkServices(Jars.exampleJar("third-party-engine"), ENGINES.get("third-party-engine"));
        assertThat(Jars.descriptor(Jars.exampleJar("third-party-engine")).requires())
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactlyInAnyOrder("java.base", "io.sett.spi", "org.jspecify");
    }

    @Test
    void everyJarOfTheRunTimeHasAModuleName() {
        assertThat(Jars.modules()).hasSizeGreaterThan(Jars.LIBRARIES.size());
        assertThat(Jars.modules().stream().map(jar -> Jars.descriptor(jar).name())).doesNotHaveDuplicates();
    }

    /** Maven must put it before javac, which looks for it in every module that requires the API. */
    @Test
    void theApiBringsTheAnnotationsThatItsModuleNames() throws IOException {
        Library api = Jars.LIBRARIES.get(0);

        assertThat(api.descriptor().requires()).extracting(ModuleDescriptor.Requires::name).contains("org.jspecify");
        try (JarFile file = new JarFile(api.jar().toFile());
                InputStream pom = file.getInputStream(file.getEntry("META-INF/maven/io.sett/storage-api/pom.xml"))) {
            assertThat(new String(pom.readAllBytes(), UTF_8))
                    .containsPattern("<artifactId>jspecify</artifactId>\\s*<scope>compile</scope>");
        }
    }

    private static void checkServices(Path jar, Set<String> engines) throws IOException {
        ModuleDescriptor descriptor = Jars.descriptor(jar);
        Set<String> provided = descriptor.provides().stream().filter(one -> one.service().equals(SERVICE))
                .flatMap(one -> one.providers().stream()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(provided).isEqualTo(engines);
        assertThat(services(jar)).isEqualTo(engines);
        Set<String> exported = descriptor.exports().stream().map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        assertThat(engines).allSatisfy(type -> assertThat(exported)
                .doesNotContain(type.substring(0, type.lastIndexOf('.'))));
    }

    private static Set<String> services(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.getEntry("META-INF/services/" + SERVICE);
            if (entry == null) {
                return Set.of();
            }
            try (InputStream in = file.getInputStream(entry)) {
                return new String(in.readAllBytes(), UTF_8).lines().map(line -> line.replaceAll("#.*", "").strip())
                        .filter(line -> !line.isEmpty()).collect(Collectors.toCollection(TreeSet::new));
            }
        }
    }
}
