// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes directory trees of finished tests. */
final class Directories {

    private Directories() {
    }

    static void remove(Path directory, List<Throwable> problems) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            problems.add(failed);
        }
    }
}
