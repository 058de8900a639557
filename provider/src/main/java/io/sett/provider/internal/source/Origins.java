// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.source;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;

/** How messages name the place of a value: {@code storage.conf: 12}. */
final class Origins {

    private Origins() {
    }

    /** A file relative to the working directory when it lies below it, else with its full path. */
    static String label(Path file, Path directory) {
        Path full = directory.resolve(file).toAbsolutePath().normalize();
        Path base = directory.toAbsolutePath().normalize();
        return full.startsWith(base) ? base.relativize(full).toString() : full.toString();
    }

    /** The place of a value. */
    static String text(ConfigOrigin origin, Path directory) {
        int line = origin.lineNumber();
        String file = origin.filename();
        String place;
        if (file != null) {
            place = label(Path.of(file), directory);
        } else {
            place = origin.description();
            String suffix = ": " + line;
            place = place.endsWith(suffix) ? place.substring(0, place.length() - suffix.length()) : place;
            Path path = place.startsWith("/") ? Path.of(place) : null;
            place = path == null ? place : label(path, directory);
        }
        return line > 0 ? place + ": " + line : place;
    }
}
