// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import io.sett.provider.internal.source.Layer;
import io.sett.spi.log.Loggers;
import io.sett.spi.settings.Problems;
import io.sett.spi.settings.SettingValue;
import io.sett.spi.settings.SettingsSchema;
import io.sett.spi.settings.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/** What is configured in one section, by path within it. */
final class SectionValues {

    private static final Logger LOG = Loggers.of(SectionValues.class);

    private SectionValues() {
    }

    /**
     * Lays values over others. A key of the upper layer also hides its other spellings below, so that two names of one
     * setting contradict each other only within a layer.
     */
    static void overlay(Map<String, SettingValue> lower, Map<String, SettingValue> upper, SettingsSchema schema) {
        upper.forEach((path, value) -> {
            String canonical = schema.aliases().getOrDefault(path, path);
            lower.keySet().removeIf(other -> !upper.containsKey(other)
                    && schema.aliases().getOrDefault(other, other).equals(canonical));
        });
        lower.putAll(upper);
    }

    /**
     * Takes out what the schema does not know: a problem when strict, else a warning. Keys without a value go too.
     *
     * @param path full path of the section
     */
    static Map<String, SettingValue> known(String path, SettingsSchema schema, Map<String, SettingValue> values,
            List<String> moreNames, boolean strict, Problems problems) {
        Map<String, SettingValue> known = new LinkedHashMap<>();
        values.forEach((rest, value) -> {
            boolean key = schema.find(rest).isPresent() || schema.aliases().containsKey(rest);
            if (key && Layer.isEmpty(value)) {
                LOG.debug("{}.{} ({}) has no value: the default holds", path, rest, value.origin());
            } else if (key) {
                known.put(rest, value);
            } else if (isSection(schema, rest)) {
                if (!Layer.isEmpty(value)) {
                    problems.add(path + "." + rest + " = " + value.raw() + " (" + value.origin()
                            + ") must be a section with keys, not a value");
                }
            } else {
                unknown(path, rest, value, schema, moreNames, strict, problems);
            }
        });
        return known;
    }

    private static boolean isSection(SettingsSchema schema, String rest) {
        return schema.settings().stream().anyMatch(setting -> setting.path().startsWith(rest + "."));
    }

    private static void unknown(String path, String rest, SettingValue value, SettingsSchema schema,
            List<String> moreNames, boolean strict, Problems problems) {
        Optional<String> suggestion = suggestion(rest, schema, moreNames).map(name -> path + "." + name);
        if (strict) {
            problems.unknown(path + "." + rest, value.origin(), suggestion);
        } else {
            LOG.warn("{}.{} ({}) is not a known key{}; ignored because storage.strict is false", path, rest,
                    value.origin(), suggestion.map(name -> ", did you mean " + name + "?").orElse(""));
        }
    }

    /** The likeliest key: the whole path, a key of that name in another place, or a section on the first level. */
    private static Optional<String> suggestion(String rest, SettingsSchema schema, List<String> moreNames) {
        List<String> names = new ArrayList<>(schema.aliases().keySet());
        schema.settings().forEach(setting -> names.add(0, setting.path()));
        String last = rest.substring(rest.lastIndexOf('.') + 1);
        Optional<String> elsewhere = names.stream().filter(name -> name.endsWith("." + last)).findFirst();
        if (elsewhere.isPresent()) {
            return elsewhere;
        }
        Optional<String> close = Spelling.closest(rest, names);
        if (close.isPresent() || moreNames.isEmpty()) {
            return close;
        }
        int dot = rest.indexOf('.');
        String first = dot < 0 ? rest : rest.substring(0, dot);
        return Spelling.closest(first, moreNames).map(name -> dot < 0 ? name : name + rest.substring(dot));
    }
}
