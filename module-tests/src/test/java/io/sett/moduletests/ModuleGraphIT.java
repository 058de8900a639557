// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.moduletests.Jars.Library;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who requires whom: {@code storage-api <- storage-spi <- engine-* / provider / testkit}, nothing else. */
class ModuleGraphIT {

    private static final String SPI = "transitive io.sett.spi";
    private static final String JSPECIFY = "static org.jspecify";

    private static final Map<String, Set<String>> REQUIRES = Map.of(
            "io.sett.api", Set.of("static transitive org.jspecify"),
            "io.sett.spi", Set.of("transitive io.sett.api", "org.slf4j", JSPECIFY),
            "io.sett.engine.lsm", Set.of(SPI, "org.slf4j", "static jdk.jfr", "static org.lz4.java",
                    "static com.github.luben.zstd_jni", JSPECIFY),
            "io.sett.engine.memcache", Set.of(SPI, "org.slf4j", "java.management", JSPECIFY),
            "io.sett.engine.file", Set.of(SPI, "org.slf4j", JSPECIFY),
            "io.sett.engine.sqlite", Set.of(SPI, "org.slf4j", "java.sql", "org.xerial.sqlitejdbc",
                    "com.zaxxer.hikari", JSPECIFY),
            "io.sett.jcache", Set.of(SPI, "transitive cache.api", "java.management", "org.slf4j", JSPECIFY),
            "io.sett.provider", Set.of(SPI, "org.slf4j", "com.google.guice", "com.google.common", "jakarta.inject",
                    "typesafe.config", "org.snakeyaml.engine", JSPECIFY),
            "io.sett.testkit", Set.of("transitive io.sett.api", SPI, "transitive org.junit.jupiter.api",
                    "org.assertj.core", JSPECIFY));

    static List<Library> libraries() {
        return Jars.LIBRARIES;
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void everyModuleRequiresJustWhatTheDesignAllows(Library library) {
        Set<String> requires = library.descriptor().requires().stream()
                .filter(one -> !one.name().equals("java.base")).map(ModuleGraphIT::text)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(requires).isEqualTo(REQUIRES.get(library.module()));
    }

    @Test
    void enginesKnowNeitherEachOtherNorTheProvider() {
        List<Library> engines = Jars.LIBRARIES.stream().filter(one -> one.artifact().startsWith("engine-")).toList();

        assertThat(engines).hasSize(4).allSatisfy(engine -> assertThat(engine.descriptor().requires())
                .extracting(Requires::name).filteredOn(name -> name.startsWith("io.sett."))
                .containsExactly("io.sett.spi"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.sett.api", "io.sett.spi", "io.sett.engine.lsm", "io.sett.engine.memcache",
        "io.sett.engine.file", "io.sett.testkit"})
    void needsNoAutomaticModule(String module) {
        ModuleFinder finder = everything();
        Set<String> seen = new HashSet<>(Set.of(module));
        Deque<String> left = new ArrayDeque<>(seen);
        while (!left.isEmpty()) {
            String name = left.pop();
            Optional<ModuleReference> reference = finder.find(name).or(() -> ModuleFinder.ofSystem().find(name));
            assertThat(reference).as("%s, which %s needs", name, module).isPresent();
            ModuleDescriptor descriptor = reference.orElseThrow().descriptor();
            assertThat(descriptor.isAutomatic()).as("%s, which %s needs, is automatic", name, module).isFalse();
            descriptor.requires().stream().filter(one -> !one.modifiers().contains(Requires.Modifier.STATIC))
                    .map(Requires::name).filter(seen::add).forEach(left::push);
        }
        assertThat(seen).hasSizeGreaterThan(1).contains("java.base");
    }

    /** The libraries, what they run with, and the testkit with what is on the class path of this test. */
    private static ModuleFinder everything() {
        List<Path> jars = new ArrayList<>();
        Jars.LIBRARIES.forEach(library -> jars.add(library.jar()));
        jars.addAll(Jars.modules());
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar")).map(Path::of).forEach(jars::add);
        return ModuleFinder.compose(jars.stream().distinct().map(ModuleFinder::of).toArray(ModuleFinder[]::new));
    }

    private static String text(Requires requires) {
        boolean isStatic = requires.modifiers().contains(Requires.Modifier.STATIC);
        boolean isTransitive = requires.modifiers().contains(Requires.Modifier.TRANSITIVE);
        return (isStatic ? "static " : "") + (isTransitive ? "transitive " : "") + requires.name();
    }
}
