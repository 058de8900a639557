// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.settings;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings of one section, in the order of the reference page, with other spellings that are accepted. Immutable.
 */
public final class SettingsSchema {

    private static final SettingsSchema EMPTY = builder().build();

    private final Map<String, Setting<?>> settings;
    private final Map<String, String> aliases;

    private SettingsSchema(Map<String, Setting<?>> settings, Map<String, String> aliases) {
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        this.aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
    }

    /** No settings. */
    public static SettingsSchema empty() {
        return EMPTY;
    }

    /** A schema of these settings without aliases. */
    public static SettingsSchema of(Collection<Setting<?>> settings) {
        Builder builder = builder();
        for (Setting<?> setting : settings) {
            builder.add(setting);
        }
        return builder.build();
    }

    /** A schema of these settings without aliases. */
    public static SettingsSchema of(Setting<?>... settings) {
        return of(List.of(settings));
    }

    /** Starts a schema. */
    public static Builder builder() {
        return new Builder();
    }

    /** All settings in order. */
    public Collection<Setting<?>> settings() {
        return settings.values();
    }

    /** Accepted other spellings and the canonical path of each. */
    public Map<String, String> aliases() {
        return aliases;
    }

    /** The setting of that canonical path. */
    public Optional<Setting<?>> find(String path) {
        return Optional.ofNullable(settings.get(path));
    }

    /** Collects a schema. Not thread-safe. */
    public static final class Builder {

        private final Map<String, Setting<?>> settings = new LinkedHashMap<>();
        private final Map<String, String> aliases = new LinkedHashMap<>();

        private Builder() {
        }

        /** Adds a setting; a path twice is a bug of the engine. */
        public Builder add(Setting<?> setting) {
            if (settings.putIfAbsent(setting.path(), setting) != null) {
                throw new IllegalArgumentException("setting " + setting.path() + " is declared twice");
            }
            return this;
        }

        /** Adds all settings of another schema and its aliases. */
        public Builder addAll(SettingsSchema other) {
            for (Setting<?> setting : other.settings()) {
                add(setting);
            }
            aliases.putAll(other.aliases);
            return this;
        }

        /** Accepts another spelling of a path. */
        public Builder alias(String otherPath, String canonicalPath) {
            aliases.put(otherPath, canonicalPath);
            return this;
        }

        /** The schema; an alias of an unknown path is a bug of the engine. */
        public SettingsSchema build() {
            for (Map.Entry<String, String> alias : aliases.entrySet()) {
                if (!settings.containsKey(alias.getValue()) || settings.containsKey(alias.getKey())) {
                    throw new IllegalArgumentException("alias " + alias.getKey() + " of " + alias.getValue()
                            + " does not fit the settings");
                }
            }
            return new SettingsSchema(settings, aliases);
        }
    }
}
