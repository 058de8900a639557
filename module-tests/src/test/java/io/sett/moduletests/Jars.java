// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The packaged jars, as a user gets them. */
final class Jars {

    /** The libraries of this project: artifact and module. */
    static final List<Library> LIBRARIES = List.of(
            new Library("storage-api", "io.sett.api"),
            new Library("storage-spi", "io.sett.spi"),
            new Library("engine-lsm", "io.sett.engine.lsm"),
            new Library("engine-memcache", "io.sett.engine.memcache"),
            new Library("engine-file", "io.sett.engine.file"),
            new Library("engine-sqlite", "io.sett.engine.sqlite"),
            new Library("jcache", "io.sett.jcache"),
            new Library("provider", "io.sett.provider"),
            new Library("testkit", "io.sett.testkit"));

    private static final String TESTKIT_CLASS = "/io/sett/testkit/package-info.class";

    /**
     * A library of this project.
     *
     * @param artifact its artifact id
     * @param module the name of its module
     */
    record Library(String artifact, String module) {

        Path jar() {
            return artifact.equals("testkit") ? jarOf(TESTKIT_CLASS) : library(artifact);
        }

        /** What its jar says of itself. */
        ModuleDescriptor descriptor() {
            return Jars.descriptor(jar());
        }

        @Override
        public String toString() {
            return artifact;
        }
    }

    private Jars() {
    }

    private static Path property(String name) {
        return Path.of(Objects.requireNonNull(System.getProperty(name), () -> "system property " + name
                + " is not set; run these tests through Maven")).normalize();
    }

    private static String version() {
        return property("sett.version").toString();
    }

    /** All jars of the libraries and what they need at run time. */
    static List<Path> modules() {
        return jarsIn(property("sett.modules"));
    }

    /** The jar of a library of this project. */
    static Path library(String artifact) {
        return existing(property("sett.modules").resolve(artifact + "-" + version() + ".jar"));
    }

    /** The one jar of the run time whose name starts so. */
    static Path foreign(String prefix) {
        List<Path> found = modules().stream().filter(jar -> jar.getFileName().toString().startsWith(prefix)).toList();
        if (found.size() != 1) {
            throw new IllegalStateException("expected one jar " + prefix + "*, found " + found);
        }
        return found.get(0);
    }

    /** The default engine and what it needs, nothing else. */
    static List<Path> smallest() {
        return List.of(library("storage-api"), library("storage-spi"), library("engine-lsm"), foreign("slf4j-api"));
    }

    /** What is needed beside the libraries to compile, never to run. */
    static Path annotations() {
        return jarOf("/org/jspecify/annotations/NullMarked.class");
    }

    /** Jars of automatic modules that were given descriptors. */
    static List<Path> described() {
        return jarsIn(property("sett.described"));
    }

    /** A page of the documentation. */
    static Path doc(String name) {
        return property("sett.docs").resolve(name);
    }

    /** The folder of an example. */
    static Path example(String folder) {
        return property("sett.examples").resolve(folder);
    }

    /** The jar of an example. */
    static Path exampleJar(String folder) {
        Path target = example(folder).resolve("target");
        Path plain = target.resolve(folder + ".jar");
        return existing(Files.exists(plain) ? plain : target.resolve(folder + "-" + version() + ".jar"));
    }

    /** The jar of an example and what it runs with. */
    static List<Path> exampleRun(String folder) {
        List<Path> all = new ArrayList<>(jarsIn(example(folder).resolve("target/modules")));
        all.add(exampleJar(folder));
        return all;
    }

    /** Sources of the small programs that tests compile. */
    static Path apps() {
        return property("sett.apps");
    }

    /** The jar of this test's class path that contains a resource. */
    static Path jarOf(String resource) {
        URL url = Objects.requireNonNull(Jars.class.getResource(resource),
                () -> resource + " is not on the class path");
        String text = url.toString();
        if (!text.startsWith("jar:")) {
            throw new IllegalStateException(resource + " is not in a jar but at " + text + "; run the phase verify");
        }
        return Path.of(URI.create(text.substring("jar:".length(), text.indexOf("!/"))));
    }

    /** What a jar says of itself, or what the module system makes of it when it says nothing. */
    static ModuleDescriptor descriptor(Path jar) {
        Set<ModuleReference> found = ModuleFinder.of(jar).findAll();
        if (found.size() != 1) {
            throw new IllegalStateException(jar + " contains " + found.size() + " modules");
        }
        return found.iterator().next().descriptor();
    }

    private static List<Path> jarsIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory + "; it is made by the phase package", e);
        }
    }

    private static Path existing(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("there is no " + jar + "; it is made by the phase package");
        }
        return jar;
    }
}
