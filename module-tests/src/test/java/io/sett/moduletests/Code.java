// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.sett.moduletests.Jars.Library;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarFile;

/** The classes of the packaged jars. Refuses to hand out suspiciously few, lest a rule pass on nothing. */
final class Code {

    /** Fewer classes than this (nested ones included) cannot be the library. */
    private static final Map<String, Integer> LEAST = Map.of("storage-api", 110, "storage-spi", 55, "engine-lsm", 150,
            "engine-memcache", 70, "engine-file", 40, "engine-sqlite", 40, "jcache", 30, "provider", 40, "testkit", 60);

    private Code() {
    }

    /** The classes of one library. */
    static JavaClasses of(Library library) {
        JavaClasses classes = imported(List.of(library.jar()));
        assertThat(classes.size()).as("classes seen in %s", library.jar())
                .isGreaterThanOrEqualTo(LEAST.get(library.artifact()));
        assertThat(classes).as("classes of %s", library)
                .allMatch(type -> type.getPackageName().startsWith(library.module()));
        return classes;
    }

    /** The classes of one library, by its artifact id. */
    static JavaClasses of(String artifact) {
        return of(Jars.LIBRARIES.stream().filter(one -> one.artifact().equals(artifact)).findFirst().orElseThrow());
    }

    /** The classes of all libraries. */
    static JavaClasses all() {
        JavaClasses classes = imported(Jars.LIBRARIES.stream().map(Library::jar).toList());
        int least = LEAST.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(classes.size()).as("classes seen in all libraries").isGreaterThanOrEqualTo(least);
        return classes;
    }

    private static JavaClasses imported(List<Path> jars) {
        // module-info is no class with dependencies; what it says is checked from the descriptors.
        return new ClassFileImporter().withImportOption(location -> !location.contains("module-info.class"))
                .importJars(jars.stream().map(Code::open).toList());
    }

    private static JarFile open(Path jar) {
        try {
            return new JarFile(jar.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + jar, e);
        }
    }

    /** A class without the dimensions of arrays. */
    static JavaClass element(JavaClass type) {
        return type.getBaseComponentType();
    }

    static Predicate<JavaClass> in(String... packages) {
        List<String> prefixes = List.of(packages);
        return type -> prefixes.stream().anyMatch(prefix -> type.getPackageName().equals(prefix)
                || type.getPackageName().startsWith(prefix + "."));
    }
}
