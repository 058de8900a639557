// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/** Where the example keeps its configuration and its sample blocks. */
final class Home {
    private static final Path CONFIGURATION = Path.of("conf", "storage.conf");
    private static final Path SAMPLES = Path.of("data");

    private final Path directory;

    private Home(Path directory) {
        this.directory = directory;
    }

    /**
     * The directory two levels above the code, where the build puts {@code target/ledger.jar}, if the configuration is
     * there; else the working directory.
     */
    static Home find() {
        CodeSource source = Home.class.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            Path parent = Path.of(URI.create(source.getLocation().toString())).toAbsolutePath().getParent();
            Path project = parent == null ? null : parent.getParent();
            if (project != null && Files.exists(project.resolve(CONFIGURATION))) {
                return new Home(project);
            }
        }
        return new Home(Path.of(""));
    }

    Path configuration() {
        return directory.resolve(CONFIGURATION);
    }

    /** The sample block files in the order of their names. */
    List<Path> samples() {
        Path samples = directory.resolve(SAMPLES);
        try (Stream<Path> files = Files.list(samples)) {
            return files.filter(file -> file.toString().endsWith(".dat")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the sample blocks in " + samples, e);
        }
    }
}
