// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.store;

import io.sett.api.EngineInfo;
import io.sett.api.common.Capability;
import io.sett.api.common.StoreKind;
import io.sett.provider.internal.binding.BoundConfig;
import io.sett.spi.DiscoveryReport;
import io.sett.spi.EngineProvider;
import io.sett.spi.EngineRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Describes the engines that were found. */
final class EngineListing {

    private EngineListing() {
    }

    static List<EngineInfo> of(EngineRegistry registry, BoundConfig config) {
        List<EngineInfo> all = new ArrayList<>();
        DiscoveryReport report = registry.report();
        report.engines().forEach(found -> registry.find(found.id())
                .ifPresent(engine -> all.add(describe(engine, found, config))));
        report.failures().forEach(failure -> all.add(new EngineInfo(failure.what(), List.of(),
                "an engine that could not be loaded", "unknown", "unknown", Map.of(), Set.of(), false, failure.what(),
                Optional.of(failure.reason()))));
        all.sort(Comparator.comparing(EngineInfo::id));
        return List.copyOf(all);
    }

    private static EngineInfo describe(EngineProvider engine, DiscoveryReport.Found found, BoundConfig config) {
        Map<StoreKind, Set<Capability>> capabilities = new EnumMap<>(StoreKind.class);
        engine.kinds().forEach(kind -> capabilities.put(kind, engine.capabilities(kind)));
        Set<StoreKind> defaults = EnumSet.noneOf(StoreKind.class);
        for (StoreKind kind : StoreKind.values()) {
            if (config.defaultEngine(kind).engine().equals(engine.id())) {
                defaults.add(kind);
            }
        }
        String offers = engine.kinds().stream().sorted().map(StoreKind::label).collect(Collectors.joining(", "));
        return new EngineInfo(engine.id(), found.aliases().stream().sorted().toList(),
                offers + " (" + engine.artifact() + ")", version(engine.getClass()), found.spiVersion().toString(),
                capabilities, defaults, config.isEnabled(engine.id()), found.origin(), Optional.empty());
    }

    private static String version(Class<?> type) {
        return Optional.ofNullable(type.getModule().getDescriptor()).flatMap(descriptor -> descriptor.rawVersion())
                .or(() -> Optional.ofNullable(type.getPackage().getImplementationVersion())).orElse("unknown");
    }
}
