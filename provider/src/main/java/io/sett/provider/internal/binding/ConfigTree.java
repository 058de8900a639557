// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import io.sett.api.common.StoreKind;
import io.sett.provider.internal.source.Layer;
import io.sett.spi.settings.Problems;
import io.sett.spi.settings.SettingValue;
import io.sett.spi.settings.SettingsSchema;
import io.sett.spi.settings.Spelling;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All layers laid over each other, sorted into sections and named instances. Not thread-safe. */
final class ConfigTree {

    /** Kind and name of an instance. */
    record InstanceId(StoreKind kind, String name) {
    }

    private final Sections sections;
    private final Problems problems;
    private final Map<String, Map<String, SettingValue>> bySection = new HashMap<>();
    private final Map<InstanceId, Map<String, SettingValue>> instances = new LinkedHashMap<>();
    private final Map<InstanceId, String> origins = new HashMap<>();

    ConfigTree(Sections sections, Problems problems) {
        this.sections = sections;
        this.problems = problems;
    }

    Map<String, SettingValue> section(Section section) {
        return bySection.computeIfAbsent(section.name(), name -> new LinkedHashMap<>());
    }

    Map<InstanceId, Map<String, SettingValue>> instances() {
        return instances;
    }

    /** Where an instance is first mentioned. */
    String origin(InstanceId id) {
        return origins.getOrDefault(id, "default");
    }

    /** Lays a layer over those that were added before. */
    void add(Layer layer) {
        Map<String, Map<String, SettingValue>> upper = new LinkedHashMap<>();
        Map<InstanceId, Map<String, SettingValue>> upperInstances = new LinkedHashMap<>();
        canonical(layer).forEach((path, value) -> {
            if (path.equals(CoreSettings.INSTANCES) || path.startsWith(CoreSettings.INSTANCES + ".")) {
                instance(path, value, upperInstances);
            } else {
                Sections.Place place = sections.place(path);
                if (!place.rest().isEmpty()) {
                    upper.computeIfAbsent(place.section().name(), name -> new LinkedHashMap<>())
                            .put(place.rest(), value);
                } else if (!Layer.isEmpty(value)) {
                    problems.add("storage." + path + " = " + value.raw() + " (" + value.origin()
                            + ") must be a section with keys, not a value");
                }
            }
        });
        upper.forEach((name, values) -> SectionValues.overlay(section(sections.named(name)), values,
                sections.named(name).schema()));
        upperInstances.forEach((id, values) -> {
            Map<String, SettingValue> lower = instances.computeIfAbsent(id, any -> new LinkedHashMap<>());
            SectionValues.overlay(lower, values, schema(id, lower, values));
        });
    }

    private SettingsSchema schema(InstanceId id, Map<String, SettingValue> lower, Map<String, SettingValue> upper) {
        SettingValue engine = upper.getOrDefault("engine", lower.get("engine"));
        String chosen = engine == null ? CoreSettings.DEFAULT_ENGINE.get(id.kind()).defaultValue()
                : String.valueOf(engine.raw());
        return sections.engine(chosen).filter(found -> found.kinds().contains(id.kind()))
                .map(found -> found.schema(id.kind())).orElse(SettingsSchema.empty());
    }

    /** The values of a layer with engine ids in place of aliases. */
    private Map<String, SettingValue> canonical(Layer layer) {
        Map<String, SettingValue> values = new LinkedHashMap<>();
        Map<String, String> written = new HashMap<>();
        layer.values().forEach((path, value) -> {
            String canonical = sections.canonical(path);
            SettingValue other = values.putIfAbsent(canonical, value);
            if (other != null && !other.raw().equals(value.raw())) {
                problems.add("storage." + path + " = " + value.raw() + " (" + value.origin() + ") contradicts storage."
                        + written.get(canonical) + " = " + other.raw() + " (" + other.origin()
                        + "); they are two names of one setting, keep one");
            }
            written.putIfAbsent(canonical, path);
        });
        return values;
    }

    private void instance(String path, SettingValue value, Map<InstanceId, Map<String, SettingValue>> target) {
        String[] parts = path.split("\\.", 4);
        if (parts.length < 3 && Layer.isEmpty(value)) {
            return;
        }
        Optional<StoreKind> kind = parts.length < 2 ? Optional.empty() : StoreKind.find(parts[1]);
        if (kind.isEmpty() || parts.length < 3) {
            List<String> kinds = Arrays.stream(StoreKind.values()).map(StoreKind::key).toList();
            problems.add("storage." + path + " (" + value.origin() + ") must have the form storage.instances.<kind>."
                    + "<name> { … }, the kind one of " + kinds + (parts.length < 2 ? "" : Spelling
                    .closest(parts[1], kinds).filter(near -> kind.isEmpty()).map(near -> "; did you mean " + near + "?")
                    .orElse("")));
            return;
        }
        if (!StoreNames.allows(parts[2])) {
            problems.add("storage." + path + " (" + value.origin() + "): '" + parts[2]
                    + "' cannot be the name of a store: " + StoreNames.RULE);
            return;
        }
        InstanceId id = new InstanceId(kind.get(), parts[2]);
        origins.putIfAbsent(id, value.origin());
        Map<String, SettingValue> values = target.computeIfAbsent(id, any -> new LinkedHashMap<>());
        if (parts.length == 4) {
            values.put(parts[3], value);
        } else if (!Layer.isEmpty(value)) {
            problems.add("storage." + path + " = " + value.raw() + " (" + value.origin()
                    + ") must be a section, such as { engine = " + value.raw() + " }");
        }
    }
}
