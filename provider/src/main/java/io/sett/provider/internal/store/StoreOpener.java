// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.store;

import io.sett.api.common.ProgressListener;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.api.event.StorageEventListener;
import io.sett.provider.internal.binding.BoundConfig;
import io.sett.provider.internal.binding.CoreSettings;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.EngineRegistry;
import io.sett.spi.Engines;
import io.sett.spi.HandleTracking;
import io.sett.spi.MemoryBudget;
import io.sett.spi.Scheduler;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Opens what a plan says. */
final class StoreOpener {

    private final BoundConfig config;
    private final EngineRegistry registry;
    private final Shared shared;
    private final MemoryBudget memory;
    private final StorageEventListener events;

    /**
     * What all stores get beside their settings.
     *
     * @param clock for times to live
     * @param scheduler for periodic work
     */
    record Shared(Clock clock, Scheduler scheduler) {
    }

    StoreOpener(BoundConfig config, EngineRegistry registry, Shared shared, StorageEventListener events) {
        this.config = config;
        this.registry = registry;
        this.shared = shared;
        this.events = events;
        long bytes = config.root().get(CoreSettings.MEMORY_BUDGET);
        this.memory = bytes == 0 ? MemoryBudget.standard() : new MemoryBudget(bytes);
    }

    OpenStore open(StorePlan plan) {
        EngineProvider engine = engine(plan);
        StoreKind kind = plan.kind();
        EngineSettings settings = config.settings(engine, kind, plan.name(), plan.section(), plan.own());
        StoreEvents own = new StoreEvents(plan.name(), kind, shared.clock(), events);
        HandleTracking tracking = config.root().get(CoreSettings.HANDLE_TRACKING);
        EngineContext context = new EngineContext(plan.name(), kind, settings, config.dataRoot(), shared.clock(),
                shared.scheduler(), own, memory, tracking, ProgressListener.NONE);
        Store store = Engines.open(StoreTypes.of(kind), engine, context);
        own.opened(engine.id());
        return new OpenStore(plan, store, config.location(settings).map(Path::toString), shared.clock().instant(),
                own);
    }

    private EngineProvider engine(StorePlan plan) {
        String wanted = plan.choice().engine();
        String id = registry.find(wanted).map(EngineProvider::id).orElse(wanted);
        if (!config.isEnabled(id)) {
            throw new ConfigurationException(ErrorCode.STORAGE_ENGINE_NOT_FOUND, "the engine '" + id
                    + "' is switched off by " + config.enabledText(id) + ", so the " + plan.kind().label() + " '"
                    + plan.name() + "' cannot be opened (engine chosen by " + plan.choice().chosenBy()
                    + "). Set storage." + CoreSettings.ENABLED + "." + id + " = true, or choose another engine",
                    Map.of("engine", id, "key", "storage." + CoreSettings.ENABLED + "." + id));
        }
        return plan.choice().require(registry, plan.kind());
    }
}
