// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.settings;

import io.sett.spi.log.Loggers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * The values of one section, checked against its schema. Immutable, safe for many threads. Loops here are written
 * out, since the first run of each lambda would cost every program that opens a store about a millisecond.
 *
 * <p>{@code settings.get(VALUE_THRESHOLD)} costs a hash lookup: read it once, not on a hot path.
 */
public final class EngineSettings {

    private static final Logger LOG = Loggers.of(EngineSettings.class);

    private final String section;
    private final SettingsSchema schema;
    private final Map<String, Object> values;
    private final Map<String, String> origins;

    private EngineSettings(String section, SettingsSchema schema, Map<String, Object> values,
            Map<String, String> origins) {
        this.section = section;
        this.schema = schema;
        this.values = values;
        this.origins = origins;
    }

    /**
     * Reads a section.
     *
     * @param section its full path ({@code storage.badger}), for messages; may be empty
     * @param schema what may be in it
     * @param configured what is configured, by path below the section
     * @param problems collects what is wrong: unknown keys, wrong forms, values out of range, aliases that contradict
     * @return the settings; where there is a problem the default stands in
     */
    public static EngineSettings read(String section, SettingsSchema schema, Map<String, SettingValue> configured,
            Problems problems) {
        Map<String, SettingValue> canonical = new LinkedHashMap<>();
        for (Map.Entry<String, SettingValue> entry : configured.entrySet()) {
            if (schema.find(entry.getKey()).isPresent()) {
                canonical.put(entry.getKey(), entry.getValue());
            }
        }
        resolveAliases(section, schema, configured, canonical, problems);
        Map<String, Object> values = new HashMap<>();
        Map<String, String> origins = new HashMap<>();
        for (Map.Entry<String, SettingValue> entry : canonical.entrySet()) {
            String path = entry.getKey();
            SettingValue value = entry.getValue();
            Setting<?> setting = schema.find(path).orElseThrow();
            Object typed = setting.read(section, value, problems);
            if (typed != null) {
                values.put(path, typed);
                origins.put(path, value.origin());
            }
        }
        return new EngineSettings(section, schema, values, origins);
    }

    private static void resolveAliases(String section, SettingsSchema schema, Map<String, SettingValue> configured,
            Map<String, SettingValue> canonical, Problems problems) {
        for (Map.Entry<String, SettingValue> entry : configured.entrySet()) {
            String path = entry.getKey();
            SettingValue value = entry.getValue();
            String target = schema.aliases().get(path);
            if (target != null) {
                SettingValue other = canonical.putIfAbsent(target, value);
                if (other == null) {
                    LOG.info("{} ({}) is another name of {}", join(section, path), value.origin(),
                            join(section, target));
                } else if (!sameValue(schema.find(target).orElseThrow(), other, value)) {
                    problems.add(join(section, path) + " = " + value.raw() + " (" + value.origin() + ") contradicts "
                            + join(section, target) + " = " + other.raw() + " (" + other.origin()
                            + "); they are two names of one setting, keep one");
                }
            } else if (schema.find(path).isEmpty()) {
                problems.unknown(join(section, path), value.origin(), suggestion(section, schema, path));
            }
        }
    }

    private static boolean sameValue(Setting<?> setting, SettingValue left, SettingValue right) {
        Problems ignoredHere = new Problems();
        Object one = setting.read("", left, ignoredHere);
        Object two = setting.read("", right, ignoredHere);
        return Objects.equals(one, two);
    }

    private static Optional<String> suggestion(String section, SettingsSchema schema, String path) {
        List<String> known = new ArrayList<>();
        schema.settings().forEach(setting -> known.add(setting.path()));
        known.addAll(schema.aliases().keySet());
        return Spelling.closest(path, known).map(text -> join(section, text));
    }

    private static String join(String section, String path) {
        return section.isEmpty() ? path : section + "." + path;
    }

    /** Settings of a schema without any configured value. */
    public static EngineSettings defaults(SettingsSchema schema) {
        return new EngineSettings("", schema, Map.of(), Map.of());
    }

    /**
     * Settings from a plain map (tests, opening without configuration); nested maps are flattened.
     *
     * @throws io.sett.api.error.ConfigurationException with all problems
     */
    public static EngineSettings of(String what, SettingsSchema schema, Map<String, ?> configured) {
        Map<String, SettingValue> flat = new LinkedHashMap<>();
        flatten("", configured, flat);
        Problems problems = new Problems();
        EngineSettings settings = read("", schema, flat, problems);
        problems.throwIfAny(what);
        return settings;
    }

    private static void flatten(String prefix, Map<String, ?> tree, Map<String, SettingValue> flat) {
        for (Map.Entry<String, ?> entry : tree.entrySet()) {
            String path = join(prefix, entry.getKey());
            Object value = entry.getValue();
            if (value instanceof Map<?, ?> inner) {
                Map<String, Object> named = new LinkedHashMap<>();
                inner.forEach((name, innerValue) -> named.put(String.valueOf(name), innerValue));
                flatten(path, named, flat);
            } else {
                flat.put(path, new SettingValue(value, "set in code"));
            }
        }
    }

    /** The value of a setting: the configured one or the default. */
    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting) {
        Setting<?> declared = schema.find(setting.path()).orElse(null);
        if (declared == null) {
            throw new IllegalArgumentException("setting " + setting.path() + " is not in the schema of section '"
                    + section + "'");
        }
        Object value = values.get(declared.path());
        return value == null ? (T) declared.defaultValue() : (T) value;
    }

    /** Whether a value is configured. */
    public boolean isSet(Setting<?> setting) {
        return values.containsKey(setting.path());
    }

    /** Where the value was written, or "default". */
    public String origin(Setting<?> setting) {
        return origins.getOrDefault(setting.path(), "default");
    }

    /** The full path of the section, for messages. */
    public String section() {
        return section;
    }

    /** The full path of a setting, for messages. */
    public String fullPath(Setting<?> setting) {
        return join(section, setting.path());
    }

    /** What may be in it. */
    public SettingsSchema schema() {
        return schema;
    }

    /** Every value as it would be written, with its origin; secrets are hidden. By path, in the order of the schema. */
    public Map<String, SettingValue> effective() {
        Map<String, SettingValue> all = new LinkedHashMap<>();
        for (Setting<?> setting : schema.settings()) {
            all.put(setting.path(), new SettingValue(text(setting), origin(setting)));
        }
        return Collections.unmodifiableMap(all);
    }

    private <T> String text(Setting<T> setting) {
        return setting.isSecret() ? "(hidden)" : setting.type().format(get(setting));
    }
}
