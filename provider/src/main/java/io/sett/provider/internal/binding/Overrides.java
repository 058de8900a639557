// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import io.sett.provider.internal.source.ConfigSearch;
import io.sett.provider.internal.source.Layer;
import io.sett.provider.internal.source.Surroundings;
import io.sett.spi.log.Loggers;
import io.sett.spi.settings.SettingValue;
import io.sett.spi.settings.SettingsSchema;
import io.sett.spi.settings.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;

/**
 * Values from outside the files: system properties ({@code -Dstorage.memory.life_window=10m}) and, above them,
 * environment variables ({@code STORAGE_MEMORY_LIFE_WINDOW=10m}). Only names of known keys count; others belong to
 * other programs, but a name close to a known one is worth a warning.
 */
final class Overrides {

    private static final Logger LOG = Loggers.of(Overrides.class);
    private static final String PROPERTY_PREFIX = "storage.";
    private static final String VARIABLE_PREFIX = "STORAGE_";
    private static final Set<String> OF_THE_SEARCH =
            Set.of(ConfigSearch.FILE_PROPERTY, ConfigSearch.PROFILE_PROPERTY);

    private final Map<String, String> pathByVariable = new TreeMap<>();

    /** Knows the keys of a schema. */
    void know(String prefix, SettingsSchema schema) {
        schema.aliases().forEach((alias, path) -> pathByVariable.putIfAbsent(variable(prefix, alias),
                join(prefix, alias)));
        schema.settings().forEach(setting -> pathByVariable.put(variable(prefix, setting.path()),
                join(prefix, setting.path())));
    }

    private static String join(String prefix, String path) {
        return prefix.isEmpty() ? path : prefix + "." + path;
    }

    private static String variable(String prefix, String path) {
        return VARIABLE_PREFIX + join(prefix, path).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The layers, lower one first. */
    List<Layer> layers(Surroundings around) {
        return List.of(properties(around.properties()), environment(around.environment()));
    }

    private Layer properties(Map<String, String> properties) {
        Map<String, SettingValue> values = new LinkedHashMap<>();
        new TreeMap<>(properties).forEach((name, text) -> {
            if (name.startsWith(PROPERTY_PREFIX) && !OF_THE_SEARCH.contains(name)) {
                String path = name.substring(PROPERTY_PREFIX.length());
                if (pathByVariable.containsValue(path)) {
                    values.put(path, new SettingValue(text, "system property " + name));
                } else {
                    warn("system property", name, Spelling.closest(path, pathByVariable.values())
                            .map(near -> PROPERTY_PREFIX + near).orElse(""));
                }
            }
        });
        return new Layer("system properties", values);
    }

    private Layer environment(Map<String, String> environment) {
        Map<String, SettingValue> values = new LinkedHashMap<>();
        new TreeMap<>(environment).forEach((name, text) -> {
            String path = pathByVariable.get(name);
            if (path != null) {
                values.put(path, new SettingValue(text, "environment variable " + name));
            } else if (name.startsWith(VARIABLE_PREFIX)) {
                warn("environment variable", name, Spelling.closest(name, pathByVariable.keySet()).orElse(""));
            }
        });
        return new Layer("environment", values);
    }

    private static void warn(String what, String name, String near) {
        if (!near.isEmpty()) {
            LOG.warn("{} {} is not a known key and has no effect; did you mean {}?", what, name, near);
        }
    }
}
