// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import io.sett.api.StorageProvider;
import io.sett.api.error.ConfigurationException;
import io.sett.provider.internal.binding.Binder;
import io.sett.provider.internal.source.ConfigSearch;
import io.sett.provider.internal.source.Layer;
import io.sett.provider.internal.source.Surroundings;
import io.sett.provider.internal.store.Assembly;
import io.sett.provider.internal.store.ConfiguredStorageProvider;
import io.sett.spi.EngineProvider;
import io.sett.spi.EngineRegistry;
import io.sett.spi.Scheduler;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes a {@link StorageProvider} without dependency injection.
 *
 * <pre>{@code
 * try (StorageProvider storage = StorageProviders.from(Path.of("storage.yaml")).start()) {
 *     storage.getKVStore().put(key, value);
 * }
 * }</pre>
 *
 * <p>A builder: its methods change it and return it. Not for several threads at once; may be used for several
 * providers. Nothing is read before {@link #load} or the start of a provider.
 */
public final class StorageProviders {

    private final Function<Surroundings, List<Layer>> source;
    private final Map<String, Object> overrides = new LinkedHashMap<>();
    private final List<EngineProvider> registered = new ArrayList<>();
    private Supplier<EngineRegistry> engines = EngineRegistry::discover;
    private Supplier<Surroundings> surroundings = Surroundings::current;
    private Clock clock = Clock.systemUTC();
    private Scheduler scheduler = Scheduler.shared();

    StorageProviders(Function<Surroundings, List<Layer>> source) {
        this.source = source;
    }

    /**
     * Configuration from wherever it is found: {@code -Dstorage.config}, the working directory, the class path. Without
     * any, the defaults hold.
     */
    public static StorageProviders standard() {
        return new StorageProviders(around -> new ConfigSearch(around).read());
    }

    /** Configuration from a file; its ending tells the notation: conf, yaml, yml, json, properties. */
    public static StorageProviders from(Path file) {
        return new StorageProviders(around -> new ConfigSearch(around).read(file));
    }

    /** Configuration from a map, keys starting with {@code storage}, dotted or nested. Copied now. */
    public static StorageProviders from(Map<String, ?> settings) {
        Layer layer = Layer.ofMap("the map given by the program", settings);
        return new StorageProviders(around -> List.of(layer));
    }

    /**
     * Sets one value above everything else, files and environment.
     *
     * @param key its full path ({@code storage.data_root})
     * @param value a text, number, truth value, duration, path or map
     */
    public StorageProviders with(String key, Object value) {
        overrides.put(key, value instanceof Path path ? path.toString() : value);
        return this;
    }

    /** Uses these engines in place of those that are discovered as services. */
    public StorageProviders withEngines(EngineRegistry registry) {
        engines = () -> registry;
        return this;
    }

    /** Adds an engine to those that are discovered. */
    public StorageProviders withEngine(EngineProvider engine) {
        registered.add(engine);
        return this;
    }

    /** Another clock for times to live and time stamps. */
    public StorageProviders withClock(Clock other) {
        clock = other;
        return this;
    }

    /** Another scheduler for periodic work. */
    public StorageProviders withScheduler(Scheduler other) {
        scheduler = other;
        return this;
    }

    StorageProviders withSurroundings(Surroundings other) {
        surroundings = () -> other;
        return this;
    }

    /**
     * Reads and checks the configuration without opening anything.
     *
     * @throws ConfigurationException with all problems at once
     */
    public StorageConfig load() {
        return new StorageConfig(assemble());
    }

    private Assembly assemble() {
        EngineRegistry registry = engines.get();
        registered.forEach(registry::register);
        Surroundings around = surroundings.get();
        List<Layer> code = overrides.isEmpty() ? List.of() : List.of(Layer.ofMap("set in code", overrides));
        return new Assembly(Binder.bind(source.apply(around), code, around, registry), registry);
    }

    /** A provider that is not started: its {@link StorageProvider#start} reads the configuration. */
    public StorageProvider build() {
        return new ConfiguredStorageProvider(this::assemble, clock, scheduler);
    }

    /** A provider that starts with configuration that has been read already. */
    StorageProvider build(StorageConfig config) {
        return new ConfiguredStorageProvider(config::assembly, clock, scheduler);
    }

    /**
     * A provider that is started. Close it.
     *
     * @throws ConfigurationException with all problems of the configuration at once
     */
    public StorageProvider start() {
        StorageProvider provider = build();
        provider.start();
        return provider;
    }
}
