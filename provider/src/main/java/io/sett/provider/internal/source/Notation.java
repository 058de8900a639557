// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.source;

import java.util.List;
import java.util.Optional;

/** The notations of configuration files, in the order in which they are looked for. */
enum Notation {
    HOCON("HOCON", "conf"), YAML("YAML", "yaml", "yml"), JSON("JSON", "json"), PROPERTIES("properties", "properties");

    private final String label;
    private final List<String> endings;

    Notation(String label, String... endings) {
        this.label = label;
        this.endings = List.of(endings);
    }

    String label() {
        return label;
    }

    /** All endings of file names, in the order of search. */
    static List<String> allEndings() {
        return List.of("conf", "yaml", "yml", "json", "properties");
    }

    /** The notation of a file by the ending of its name. */
    static Optional<Notation> of(String fileName) {
        String ending = fileName.substring(fileName.lastIndexOf('.') + 1);
        for (Notation notation : values()) {
            if (notation.endings.contains(ending)) {
                return Optional.of(notation);
            }
        }
        return Optional.empty();
    }
}
