// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs programs in processes of their own, without options that come from the surroundings. */
final class JavaRun {

    /** A process that hangs ends the test; no run takes nearly as long. */
    private static final long LONGEST_MINUTES = 5;

    private final Jdk jdk;
    private final Path directory;
    private final List<String> options = new ArrayList<>();

    private JavaRun(Jdk jdk, Path directory) {
        this.jdk = jdk;
        this.directory = directory;
    }

    /** Runs on a JDK in a working directory. */
    static JavaRun on(Jdk jdk, Path directory) {
        return new JavaRun(jdk, directory);
    }

    JavaRun with(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    JavaRun modulePath(Collection<Path> jars) {
        return with("-p", path(jars));
    }

    JavaRun classPath(Collection<Path> jars) {
        return with("-cp", path(jars));
    }

    /** Runs {@code module/class} of the module path. */
    Outcome module(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(jdk.tool("java").toString()));
        command.addAll(options);
        command.addAll(List.of("-m", main));
        command.addAll(List.of(arguments));
        return run(directory, command);
    }

    /** Runs a class of the class path. */
    Outcome mainClass(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(jdk.tool("java").toString()));
        command.addAll(options);
        command.add(main);
        command.addAll(List.of(arguments));
        return run(directory, command);
    }

    /** Runs any program and waits for its end. */
    static Outcome run(Path directory, List<String> command) {
        try {
            Path out = Files.createTempFile("sett-out", ".txt");
            Path err = Files.createTempFile("sett-err", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                        .redirectOutput(out.toFile()).redirectError(err.toFile());
                builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS")
                        || name.endsWith("JAVA_TOOL_OPTIONS") || name.startsWith("STORAGE_"));
                return new Outcome(command, waitFor(builder.start(), command), text(out), text(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        }
    }

    private static int waitFor(Process process, List<String> command) {
        try {
            process.getOutputStream().close();
            if (process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
            throw new AssertionError("still running after " + LONGEST_MINUTES + " minutes: " + command);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the standard input of " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).replace("\r\n", "\n");
    }

    static String path(Collection<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
