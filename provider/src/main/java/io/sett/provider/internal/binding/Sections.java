// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.spi.EngineProvider;
import io.sett.spi.EngineRegistry;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All sections: those of the provider, one for each engine that was found, and those of documented engines. */
final class Sections {

    /** A key, split into its section and the rest. */
    record Place(Section section, String rest) {
    }

    private final EngineRegistry registry;
    private final Map<String, Section> byName = new LinkedHashMap<>();

    Sections(EngineRegistry registry) {
        this.registry = registry;
        add("", CoreSettings.root(), true);
        add(CoreSettings.ENABLED, enabled(), true);
        add(CoreSettings.ENGINES, CoreSettings.engines(), true);
        add(CoreSettings.PERFORMANCE, CoreSettings.performance(), true);
        registry.engines().forEach(engine -> add(engine.id(), settingsOf(engine), true));
        CoreSettings.DOCUMENTED_ENGINES.keySet().stream().sorted()
                .forEach(id -> add(id, SettingsSchema.empty(), false));
    }

    private void add(String name, SettingsSchema schema, boolean present) {
        byName.putIfAbsent(name, new Section(name, schema, present));
    }

    private SettingsSchema enabled() {
        Set<String> ids = new LinkedHashSet<>(List.of("badger", "memory", "file", "sqlite", "temp"));
        registry.engines().forEach(engine -> ids.add(engine.id()));
        return SettingsSchema.of(ids.stream().<Setting<?>>map(CoreSettings::enabled).toList());
    }

    /** The settings of an engine, or an error that names the engine when it cannot tell them. */
    private static SettingsSchema settingsOf(EngineProvider engine) {
        try {
            return union(engine);
        } catch (RuntimeException | LinkageError broken) {
            throw new ConfigurationException(ErrorCode.INVALID_CONFIG, "the engine '" + engine.id() + "' ("
                    + engine.artifact() + ", class " + engine.getClass().getName() + ") cannot tell its settings: "
                    + broken + ". Take it from the module path or class path, or repair its dependencies",
                    Map.of("engine", engine.id()), broken);
        }
    }

    /**
     * The settings of all kinds of an engine. What several kinds share stands once, as the kind declares it that the
     * engine is the documented default of.
     */
    static SettingsSchema union(EngineProvider engine) {
        SettingsSchema.Builder builder = SettingsSchema.builder();
        Set<String> seen = new LinkedHashSet<>();
        Map<String, String> aliases = new LinkedHashMap<>();
        Comparator<StoreKind> homeFirst = Comparator.comparing(kind ->
                !CoreSettings.DEFAULT_ENGINE.get(kind).defaultValue().equals(engine.id()));
        engine.kinds().stream().sorted(homeFirst.thenComparing(Comparator.naturalOrder())).forEach(kind -> {
            SettingsSchema schema = engine.schema(kind);
            schema.settings().stream().filter(setting -> seen.add(setting.path())).forEach(builder::add);
            aliases.putAll(schema.aliases());
        });
        aliases.forEach((alias, path) -> {
            if (!seen.contains(alias)) {
                builder.alias(alias, path);
            }
        });
        return builder.build();
    }

    Collection<Section> all() {
        return byName.values();
    }

    Section named(String name) {
        return byName.get(name);
    }

    Optional<EngineProvider> engine(String id) {
        return registry.find(id);
    }

    /** The section of a path and what remains of it. */
    Place place(String path) {
        int dot = path.indexOf('.');
        String first = dot < 0 ? path : path.substring(0, dot);
        Section section = first.isEmpty() ? null : byName.get(first);
        return section == null
                ? new Place(byName.get(""), path)
                : new Place(section, dot < 0 ? "" : path.substring(dot + 1));
    }

    /** The path with the id of an engine in place of its alias. */
    String canonical(String path) {
        String[] parts = path.split("\\.", 3);
        if (parts[0].equals(CoreSettings.ENABLED) && parts.length == 2) {
            return CoreSettings.ENABLED + "." + engineId(parts[1]);
        }
        if (parts[0].equals(CoreSettings.INSTANCES) && parts.length > 1) {
            String kind = StoreKind.find(parts[1]).map(StoreKind::key).orElse(parts[1]);
            return CoreSettings.INSTANCES + "." + kind + (parts.length > 2 ? "." + parts[2] : "");
        }
        String id = byName.containsKey(parts[0]) ? parts[0] : engineId(parts[0]);
        return id + path.substring(parts[0].length());
    }

    /** The id of the engine with this id or alias; the text itself when there is none. */
    String engineId(String idOrAlias) {
        return registry.find(idOrAlias).map(EngineProvider::id).orElse("lsm".equals(idOrAlias) ? "badger" : idOrAlias);
    }

    /** Names on the first level, for suggestions. */
    List<String> firstLevel() {
        List<String> names = new ArrayList<>(byName.keySet());
        names.remove("");
        names.add(CoreSettings.INSTANCES);
        named("").schema().settings().forEach(setting -> names.add(setting.path()));
        return names;
    }
}
