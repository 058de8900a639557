// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.source;

import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.spi.settings.SettingValue;
import io.sett.spi.settings.Spelling;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The section {@code storage}, below which all keys lie. Other sections of a file belong to others. */
final class RootSection {

    static final String NAME = "storage";
    private static final String PREFIX = NAME + ".";

    private RootSection() {
    }

    /** The values below the root, their paths without it. */
    static Map<String, SettingValue> below(Map<String, SettingValue> all) {
        Map<String, SettingValue> mine = new LinkedHashMap<>();
        all.forEach((path, value) -> {
            if (path.startsWith(PREFIX)) {
                mine.put(path.substring(PREFIX.length()), value);
            }
        });
        return mine;
    }

    /** Refuses a tree that has content but no root section: its values would silently have no effect. */
    static void requireRoot(Set<String> paths, String label) {
        Set<String> roots = new TreeSet<>();
        paths.forEach(path -> roots.add(path.substring(0, path.indexOf('.') < 0 ? path.length() : path.indexOf('.'))));
        if (roots.isEmpty() || roots.contains(NAME)) {
            return;
        }
        String near = Spelling.closest(NAME, roots).map(name -> "; is '" + name + "' a misspelling of it?").orElse("");
        throw new ConfigurationException(ErrorCode.INVALID_CONFIG, label + " has no section 'storage', only " + roots
                + near + ". All keys lie below 'storage'", Map.of("source", label));
    }
}
