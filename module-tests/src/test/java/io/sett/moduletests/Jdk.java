// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK of this machine. The tests fork the one that they run on, and the newest newer one if there is any.
 *
 * @param home its directory
 * @param feature its feature version: 17, 25
 */
record Jdk(Path home, int feature) {

    /** System property that names the home of the newer JDK. */
    static final String NEWER_PROPERTY = "sett.jdk.newer";

    /** From this version on the JVM warns when native code is loaded without leave. */
    private static final int NATIVE_ACCESS_WARNS = 24;
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    /** The JDK of this test. */
    static Jdk running() {
        return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** The newest JDK found that is newer than the one of this test. */
    static Optional<Jdk> newer() {
        String given = System.getProperty(NEWER_PROPERTY, "");
        if (!given.isBlank()) {
            Jdk chosen = at(Path.of(given)).orElseThrow(() -> new IllegalStateException("no JDK in " + given
                    + ", which " + NEWER_PROPERTY + " names"));
            return Optional.of(chosen);
        }
        return candidates().stream().map(Jdk::at).flatMap(Optional::stream)
                .filter(jdk -> jdk.feature() > Runtime.version().feature()).max(Comparator.comparing(Jdk::feature));
    }

    /** The JDK of this test, and the newer one where there is one. */
    static List<Jdk> all() {
        List<Jdk> all = new ArrayList<>(List.of(running()));
        newer().ifPresent(all::add);
        return all;
    }

    private static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) && !Files.exists(home.resolve("bin/java.exe"))
                || !Files.isRegularFile(release)) {
            return Optional.empty();
        }
        try {
            Matcher version = VERSION.matcher(Files.readString(release));
            return version.find() ? Optional.of(new Jdk(home, Integer.parseInt(version.group(1)))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + release, e);
        }
    }

    private static List<Path> candidates() {
        List<Path> homes = new ArrayList<>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME") && !value.isBlank()) {
                homes.add(Path.of(value));
            }
        });
        Path user = Path.of(System.getProperty("user.home"));
        for (Path parent : List.of(Path.of("/usr/lib/jvm"), user.resolve(".sdkman/candidates/java"),
                user.resolve(".jdks"), Path.of("/opt/java"), Path.of("C:/Program Files/Java"))) {
            homes.addAll(children(parent));
        }
        children(Path.of("/Library/Java/JavaVirtualMachines"))
                .forEach(bundle -> homes.add(bundle.resolve("Contents/Home")));
        return homes;
    }

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    /** A program of it. */
    Path tool(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Whether it warns about native code that is loaded without {@code --enable-native-access}. */
    boolean warnsOfNativeAccess() {
        return feature >= NATIVE_ACCESS_WARNS;
    }

    @Override
    public String toString() {
        return "Java " + feature;
    }
}
