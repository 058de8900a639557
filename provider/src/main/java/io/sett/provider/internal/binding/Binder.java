// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import io.sett.api.StorageProvider;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.provider.internal.source.Layer;
import io.sett.provider.internal.source.Surroundings;
import io.sett.spi.EngineProvider;
import io.sett.spi.EngineRegistry;
import io.sett.spi.log.Loggers;
import io.sett.spi.settings.EngineSettings;
import io.sett.spi.settings.Problems;
import io.sett.spi.settings.SettingValue;
import io.sett.spi.settings.SettingsSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/** Checks layers of configuration against the engines that there are. Not thread-safe. */
public final class Binder {

    private static final Logger LOG = Loggers.of(Binder.class);

    private final EngineRegistry registry;
    private final Surroundings around;
    private final Sections sections;
    private final Problems problems = new Problems();
    private final List<String> missing = new ArrayList<>();
    private final ConfigTree tree;
    private final Map<String, EngineSettings> settings = new LinkedHashMap<>();
    private final Map<String, Map<String, SettingValue>> values = new HashMap<>();
    private boolean strict;

    private Binder(EngineRegistry registry, Surroundings around) {
        this.registry = registry;
        this.around = around;
        this.sections = new Sections(registry);
        this.tree = new ConfigTree(sections, problems);
    }

    /**
     * Binds configuration.
     *
     * @param files what was read, lowest layer first; the environment is laid over it
     * @param code what the program sets, above everything else
     * @throws ConfigurationException with all problems
     */
    public static BoundConfig bind(List<Layer> files, List<Layer> code, Surroundings around, EngineRegistry registry) {
        return new Binder(registry, around).bind(files, code);
    }

    private BoundConfig bind(List<Layer> files, List<Layer> code) {
        files.forEach(tree::add);
        overrides().layers(around).forEach(tree::add);
        code.forEach(tree::add);
        strict = readStrict();
        sections.all().forEach(this::readSection);
        BoundConfig.Sectioned sectioned = new BoundConfig.Sectioned(settings, values);
        Map<String, InstanceConfig> instances = readInstances(sectioned);
        checkDefaults(sectioned);
        throwIfAny();
        List<String> sources = new ArrayList<>();
        files.forEach(layer -> sources.add(layer.label()));
        return new BoundConfig(sectioned, instances, sources, around.directory());
    }

    private Overrides overrides() {
        Overrides overrides = new Overrides();
        sections.all().forEach(section -> overrides.know(section.name(), section.schema()));
        tree.instances().forEach((id, own) -> {
            String prefix = CoreSettings.INSTANCES + "." + id.kind().key() + "." + id.name();
            overrides.know(prefix, CoreSettings.instance());
            SettingValue engine = own.get(CoreSettings.ENGINE.path());
            engineFor(id.kind(), engine == null ? CoreSettings.DEFAULT_ENGINE.get(id.kind()).defaultValue()
                    : String.valueOf(engine.raw())).ifPresent(found -> overrides.know(prefix, found.schema(id.kind())));
        });
        return overrides;
    }

    private Optional<EngineProvider> engineFor(StoreKind kind, String id) {
        return sections.engine(id).filter(engine -> engine.kinds().contains(kind));
    }

    private boolean readStrict() {
        SettingValue value = tree.section(sections.named("")).get(CoreSettings.STRICT.path());
        return value == null || EngineSettings.read("storage", SettingsSchema.of(CoreSettings.STRICT),
                Map.of(CoreSettings.STRICT.path(), value), new Problems()).get(CoreSettings.STRICT);
    }

    private void readSection(Section section) {
        Map<String, SettingValue> configured = tree.section(section);
        if (!section.present()) {
            if (!configured.isEmpty()) {
                LOG.warn("section {} ({}) is not checked and has no effect: its engine is not on the module path or"
                        + " class path", section.path(), configured.values().iterator().next().origin());
            }
            return;
        }
        List<String> more = section.name().isEmpty() ? sections.firstLevel() : List.of();
        Map<String, SettingValue> known = SectionValues.known(section.path(), section.schema(), configured, more,
                strict, problems);
        if (sections.engine(section.name()).isPresent()) {
            inheritPerformance(section, known);
        }
        values.put(section.name(), known);
        settings.put(section.name(), EngineSettings.read(section.path(), section.schema(), known, problems));
    }

    /** Hands what is set in storage.performance to an engine that has such a setting and no value for it. */
    private void inheritPerformance(Section section, Map<String, SettingValue> known) {
        SettingsSchema schema = section.schema();
        values.getOrDefault(CoreSettings.PERFORMANCE, Map.of()).forEach((key, value) -> {
            for (String path : List.of(CoreSettings.PERFORMANCE + "." + key, key,
                    CoreSettings.SHORT_NAMES.getOrDefault(key, key))) {
                String canonical = schema.aliases().getOrDefault(path, path);
                if (schema.find(canonical).isPresent()) {
                    boolean set = known.keySet().stream()
                            .anyMatch(other -> schema.aliases().getOrDefault(other, other).equals(canonical));
                    if (!set) {
                        known.put(canonical, value);
                    }
                    return;
                }
            }
        });
    }

    private Map<String, InstanceConfig> readInstances(BoundConfig.Sectioned sectioned) {
        Map<String, InstanceConfig> instances = new LinkedHashMap<>();
        Map<String, ConfigTree.InstanceId> owners = new HashMap<>();
        tree.instances().forEach((id, own) -> {
            ConfigTree.InstanceId owner = owners.putIfAbsent(id.name(), id);
            if (owner != null && !id.name().equals(StorageProvider.DEFAULT_NAME)) {
                problems.add("storage.instances." + id.kind().key() + "." + id.name() + " (" + tree.origin(id)
                        + ") repeats the name of storage.instances." + owner.kind().key() + "." + owner.name() + " ("
                        + tree.origin(owner) + "); a name belongs to one store of one kind, rename one of them");
            }
            InstanceConfig instance = readInstance(id, own, sectioned);
            instances.put(BoundConfig.id(id.kind(), id.name()), instance);
        });
        return instances;
    }

    private InstanceConfig readInstance(ConfigTree.InstanceId id, Map<String, SettingValue> own,
            BoundConfig.Sectioned sectioned) {
        String section = CoreSettings.INSTANCES + "." + id.kind().key() + "." + id.name();
        Map<String, SettingValue> rest = new LinkedHashMap<>(own);
        Map<String, SettingValue> mine = new LinkedHashMap<>();
        CoreSettings.instance().settings().forEach(setting -> {
            SettingValue value = rest.remove(setting.path());
            if (value != null && !Layer.isEmpty(value)) {
                mine.put(setting.path(), value);
            }
        });
        EngineSettings core = EngineSettings.read("storage." + section, CoreSettings.instance(), mine, problems);
        String named = core.get(CoreSettings.ENGINE);
        EngineChoice choice = named.isBlank() ? sectioned.defaultEngine(id.kind()) : new EngineChoice(
                sections.engineId(named), "storage." + section + ".engine (" + core.origin(CoreSettings.ENGINE) + ")");
        Map<String, SettingValue> known = checkValues("storage." + section, id.kind(), choice, rest);
        if (!named.isBlank()) {
            checkEngine(id.kind(), choice, sectioned);
        }
        return new InstanceConfig(id.kind(), id.name(), choice.engine(), choice.chosenBy(),
                core.get(CoreSettings.EAGER), known);
    }

    private Map<String, SettingValue> checkValues(String path, StoreKind kind, EngineChoice choice,
            Map<String, SettingValue> rest) {
        Optional<EngineProvider> engine = engineFor(kind, choice.engine());
        if (engine.isEmpty()) {
            if (!rest.isEmpty()) {
                LOG.warn("the keys of {} cannot be checked: there is no engine '{}' for a {}", path, choice.engine(),
                        kind.label());
            }
            return rest;
        }
        SettingsSchema schema = engine.get().schema(kind);
        List<String> more = CoreSettings.instance().settings().stream().map(setting -> setting.path()).toList();
        Map<String, SettingValue> known = SectionValues.known(path, schema, rest, more, strict, problems);
        EngineSettings.read(path, schema, known, problems);
        return known;
    }

    private void checkDefaults(BoundConfig.Sectioned sectioned) {
        CoreSettings.DEFAULT_ENGINE.forEach((kind, setting) -> {
            if (settings.get(CoreSettings.ENGINES).isSet(setting)) {
                checkEngine(kind, sectioned.defaultEngine(kind), sectioned);
            }
        });
    }

    /**
     * Finds a wrong id at the start. The documents' own engines may be named without being there, as long as nobody
     * asks for a store on them.
     */
    private void checkEngine(StoreKind kind, EngineChoice choice, BoundConfig.Sectioned sectioned) {
        boolean optional = registry.find(choice.engine()).isEmpty()
                && CoreSettings.DOCUMENTED_ENGINES.containsKey(choice.engine());
        if (optional || !sectioned.isEnabled(choice.engine())) {
            return;
        }
        try {
            choice.require(registry, kind);
        } catch (ConfigurationException wrong) {
            missing.add(wrong.getMessage());
        }
    }

    private void throwIfAny() {
        if (problems.isEmpty() && !missing.isEmpty()) {
            throw new ConfigurationException(ErrorCode.STORAGE_ENGINE_NOT_FOUND, String.join("\n", missing),
                    Map.of("available", registry.engines().stream().map(EngineProvider::id).toList()));
        }
        missing.forEach(problems::add);
        problems.throwIfAny("the storage configuration");
    }
}
