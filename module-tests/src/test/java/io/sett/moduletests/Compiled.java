// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Small programs and engines that tests compile against the packaged jars, on the module path. */
final class Compiled {

    private Compiled() {
    }

    /**
     * Compiles and packages one of the sources in {@code src/test/apps}.
     *
     * @param name its folder, also the name of the jar
     * @param target where the jar is put
     * @param modulePath what it needs at run time
     */
    static Path jar(String name, Path target, Collection<Path> modulePath) {
        Path sources = Jars.apps().resolve(name);
        Path classes = target.resolve(name + "-classes");
        // A class path of its own: javac within this process would take that of the test.
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-Xlint:all,-requires-automatic", "-Werror",
                "-cp", Jars.annotations().toString(), "-d", classes.toString(),
                "-p", JavaRun.path(plus(modulePath, Jars.annotations()))));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).sorted().forEach(arguments::add);
            tool("javac", arguments);
            Path services = sources.resolve("META-INF/services/io.sett.spi.EngineProvider");
            if (Files.exists(services)) {
                Path copy = classes.resolve("META-INF/services").resolve(services.getFileName());
                Files.createDirectories(copy.getParent());
                Files.copy(services, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the sources in " + sources, e);
        }
        Path jar = target.resolve(name + ".jar");
        tool("jar", List.of("--create", "--file", jar.toString(), "-C", classes.toString(), "."));
        return jar;
    }

    /** Runs a tool of the JDK within this process. */
    static void tool(String name, List<String> arguments) {
        ToolProvider tool = ToolProvider.findFirst(name)
                .orElseThrow(() -> new IllegalStateException("no " + name + " here; these tests need a JDK"));
        StringWriter text = new StringWriter();
        PrintWriter printer = new PrintWriter(text, true);
        int exit = tool.run(printer, printer, arguments.toArray(String[]::new));
        assertThat(exit).as(() -> name + " " + String.join(" ", arguments) + "\n" + text).isZero();
    }

    static List<Path> plus(Collection<Path> jars, Path... more) {
        List<Path> all = new ArrayList<>(jars);
        all.addAll(List.of(more));
        return all;
    }
}
