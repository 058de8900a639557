// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.source;

import io.sett.spi.settings.SettingValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values from one place, by path below {@code storage}. Later layers win over earlier ones.
 *
 * @param label the place, for people
 * @param values by path; a section without content and a key without a value hold {@link #EMPTY}
 */
public record Layer(String label, Map<String, SettingValue> values) {

    /** Stands for a section without content, and for a key without a value. */
    public static final Map<String, Object> EMPTY = Map.of();

    /** Copies the map and keeps its order. */
    public Layer {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Whether a value is the mark of an empty section. */
    public static boolean isEmpty(SettingValue value) {
        return value.raw() instanceof Map<?, ?> map && map.isEmpty();
    }

    /** A layer from a map of the program, whose keys start with {@code storage} and may be nested or dotted. */
    public static Layer ofMap(String label, Map<String, ?> tree) {
        Map<String, SettingValue> all = new LinkedHashMap<>();
        flatten("", tree, label, all);
        RootSection.requireRoot(all.keySet(), label);
        return new Layer(label, RootSection.below(all));
    }

    /** Lays out nested maps as dotted paths. */
    public static void flatten(String prefix, Map<?, ?> tree, String origin, Map<String, SettingValue> target) {
        tree.forEach((name, value) -> {
            String path = prefix.isEmpty() ? String.valueOf(name) : prefix + "." + name;
            if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                flatten(path, inner, origin, target);
            } else {
                target.put(path, new SettingValue(value, origin));
            }
        });
    }
}
