// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import io.sett.api.StorageProvider;
import io.sett.api.common.StoreKind;
import io.sett.provider.internal.source.Layer;
import io.sett.spi.EngineProvider;
import io.sett.spi.settings.EngineSettings;
import io.sett.spi.settings.Problems;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingValue;
import io.sett.spi.settings.SettingsSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checked configuration. Immutable. */
public final class BoundConfig {

    /** The sections: checked settings, and the values they were read from. */
    record Sectioned(Map<String, EngineSettings> settings, Map<String, Map<String, SettingValue>> values) {

        boolean isEnabled(String engine) {
            EngineSettings enabled = settings.get(CoreSettings.ENABLED);
            return enabled.schema().find(engine).isEmpty() || enabled.get(CoreSettings.enabled(engine));
        }

        EngineChoice defaultEngine(StoreKind kind) {
            Setting<String> setting = CoreSettings.DEFAULT_ENGINE.get(kind);
            EngineSettings engines = settings.get(CoreSettings.ENGINES);
            String id = engines.get(setting);
            return new EngineChoice("lsm".equals(id) ? "badger" : id,
                    engines.fullPath(setting) + " (" + engines.origin(setting) + ")");
        }
    }

    /** Starts the name of a default store on an engine that is not the default of its kind. */
    public static final String DEFAULT_ON = StorageProvider.DEFAULT_NAME + "@";

    private final Sectioned sections;
    private final Map<String, InstanceConfig> instances;
    private final List<String> sources;
    private final Path directory;

    BoundConfig(Sectioned sections, Map<String, InstanceConfig> instances, List<String> sources, Path directory) {
        this.sections = sections;
        this.instances = Collections.unmodifiableMap(new LinkedHashMap<>(instances));
        this.sources = List.copyOf(sources);
        this.directory = directory;
    }

    /** Kind and name in one text. */
    public static String id(StoreKind kind, String name) {
        return kind.key() + "/" + name;
    }

    /** The settings directly below the root. */
    public EngineSettings root() {
        return sections.settings().get("");
    }

    /** The settings of a section; empty when there is no such section or its engine is absent. */
    public Optional<EngineSettings> section(String name) {
        return Optional.ofNullable(sections.settings().get(name));
    }

    /** What was read, lowest first. */
    public List<String> sources() {
        return sources;
    }

    /** What relative paths of engines resolve against. */
    public Path dataRoot() {
        return directory.resolve(root().get(CoreSettings.DATA_ROOT));
    }

    /** Whether an engine may be used. */
    public boolean isEnabled(String engine) {
        return sections.isEnabled(engine);
    }

    /** The switch of an engine with its place, for messages. */
    public String enabledText(String engine) {
        EngineSettings enabled = sections.settings().get(CoreSettings.ENABLED);
        Setting<Boolean> setting = CoreSettings.enabled(engine);
        return enabled.fullPath(setting) + " = " + enabled.get(setting) + " (" + enabled.origin(setting) + ")";
    }

    /** The default engine of a kind. */
    public EngineChoice defaultEngine(StoreKind kind) {
        return sections.defaultEngine(kind);
    }

    /** The named stores. */
    public Collection<InstanceConfig> instances() {
        return instances.values();
    }

    /** A named store. */
    public Optional<InstanceConfig> instance(StoreKind kind, String name) {
        return Optional.ofNullable(instances.get(id(kind, name)));
    }

    /**
     * The settings of one store: the section of its engine, what the store itself says laid over it, and locations of
     * its own unless it is the default store.
     *
     * @param path where its own values stand, for messages
     * @throws io.sett.api.error.ConfigurationException with all problems
     */
    public EngineSettings settings(EngineProvider engine, StoreKind kind, String name, String path,
            Map<String, SettingValue> own) {
        SettingsSchema schema = engine.schema(kind);
        Problems problems = new Problems();
        Map<String, SettingValue> mine = SectionValues.known(path, schema, own, List.of(), true, problems);
        Map<String, SettingValue> merged = new LinkedHashMap<>();
        sections.values().getOrDefault(engine.id(), Map.of()).forEach((key, value) -> {
            if (schema.find(key).isPresent() || schema.aliases().containsKey(key)) {
                merged.put(schema.aliases().getOrDefault(key, key), value);
            }
        });
        EngineSettings.read(path, schema, mine, problems);
        problems.throwIfAny("the configuration of the " + kind.label() + " '" + name + "'");
        SectionValues.overlay(merged, mine, schema);
        String suffix = StoreLocations.suffix(name);
        if (!suffix.isEmpty()) {
            StoreLocations.separate(suffix, schema, mine, merged);
        }
        EngineSettings settings = EngineSettings.read(path, schema, merged, problems);
        problems.throwIfAny("the configuration of the " + kind.label() + " '" + name + "'");
        return settings;
    }

    /** Where a store lies, for people; empty when its engine has no locations or keeps it in memory. */
    public Optional<Path> location(EngineSettings settings) {
        boolean inMemory = settings.schema().find("in_memory")
                .map(setting -> Boolean.TRUE.equals(settings.get(setting))).orElse(false);
        return settings.schema().settings().stream().filter(setting -> !inMemory && StoreLocations.isLocation(setting))
                .map(setting -> String.valueOf(settings.get(setting))).filter(text -> !text.isBlank()).findFirst()
                .map(text -> dataRoot().resolve(text).normalize());
    }

    /** Every value in force, sorted by key; secrets hidden. */
    public List<ConfiguredValue> values() {
        List<ConfiguredValue> all = new ArrayList<>();
        sections.settings().values().forEach(settings -> settings.effective().forEach((path, value) ->
                all.add(new ConfiguredValue(settings.section() + "." + path, String.valueOf(value.raw()),
                        value.origin()))));
        instances.values().forEach(instance -> {
            all.add(new ConfiguredValue(instance.section() + ".engine", '"' + instance.engine() + '"',
                    instance.engineOrigin()));
            instance.values().forEach((path, value) -> all.add(new ConfiguredValue(instance.section() + "." + path,
                    shown(instance.engine(), path, value), value.origin())));
        });
        all.sort(Comparator.comparing(ConfiguredValue::key));
        return List.copyOf(all);
    }

    private String shown(String engine, String path, SettingValue value) {
        Optional<SettingsSchema> schema = section(engine).map(EngineSettings::schema);
        Optional<Setting<?>> setting = schema.flatMap(known -> known.find(known.aliases().getOrDefault(path, path)));
        boolean show = setting.isPresent() && !setting.get().isSecret();
        return show && !Layer.isEmpty(value) ? String.valueOf(value.raw()) : "(hidden)";
    }
}
