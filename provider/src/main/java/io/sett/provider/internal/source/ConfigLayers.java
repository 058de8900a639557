// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.source;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.sett.spi.settings.SettingValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the trees of Typesafe Config into layers. */
public final class ConfigLayers {

    private static final String REFERENCE = "reference.conf";

    /** A value before it is put into the order of the file; the trees of Typesafe Config have none. */
    private record Found(String path, ConfigValue value) {

        private String file() {
            return value.origin().filename() == null ? "" : value.origin().filename();
        }

        private int line() {
            return value.origin().lineNumber();
        }
    }

    private ConfigLayers() {
    }

    /**
     * The layer of a tree that the program hands over. Values that come from a {@code reference.conf} are left out:
     * they are the defaults.
     */
    public static Layer of(Config tree, Surroundings around) {
        ConfigText text = new ConfigText("the Config given by the program", tree);
        return resolved(text, tree, around);
    }

    /** One layer for each text, lowest first; a substitution sees all of them. */
    static List<Layer> of(List<ConfigText> texts, Surroundings around) {
        Config all = texts.get(0).tree();
        for (ConfigText text : texts.subList(1, texts.size())) {
            all = text.tree().withFallback(all);
        }
        Config whole = all;
        return texts.stream().map(text -> resolved(text, whole, around)).toList();
    }

    private static Layer resolved(ConfigText text, Config whole, Surroundings around) {
        List<Found> found = new ArrayList<>();
        try {
            Config own = text.tree().isResolved() ? text.tree() : text.tree().resolveWith(whole.resolve());
            RootSection.requireRoot(own.root().keySet(), text.label());
            if (own.hasPathOrNull(RootSection.NAME)) {
                flatten("", own.root(), found);
            }
        } catch (ConfigException wrong) {
            throw ConfigText.unparsable(wrong, text.label(), Notation.HOCON);
        }
        found.sort(Comparator.comparing(Found::file).thenComparing(Found::line));
        Map<String, SettingValue> values = new LinkedHashMap<>();
        found.forEach(one -> values.put(one.path(), new SettingValue(raw(one.value()),
                Origins.text(one.value().origin(), around.directory()))));
        return new Layer(text.label(), RootSection.below(values));
    }

    private static void flatten(String prefix, ConfigObject object, List<Found> target) {
        object.forEach((name, value) -> {
            String path = prefix.isEmpty() ? name : prefix + "." + name;
            if (value instanceof ConfigObject inner && !inner.isEmpty()) {
                flatten(path, inner, target);
            } else if (!REFERENCE.equals(value.origin().resource())) {
                target.add(new Found(path, value));
            }
        });
    }

    private static Object raw(ConfigValue value) {
        return value.valueType() == ConfigValueType.NULL ? Layer.EMPTY : value.unwrapped();
    }
}
