// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.spi.settings.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The engines that can be used: found as services in class loaders and module layers, or registered by the program.
 *
 * <p>An engine that fails to load does not hide the others: it is listed in the {@link #report()}. Two engines of one id
 * are an error that names both jars. Safe for many threads.
 */
public final class EngineRegistry {

    private record Entry(EngineProvider provider, String origin) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> byId = new TreeMap<>();
    private final Map<String, String> idByAlias = new TreeMap<>();
    private final List<DiscoveryReport.Failure> failures = new ArrayList<>();

    /** A registry without engines. */
    public EngineRegistry() {
    }

    /** The engines that this thread's context class loader and the layer of this module can see. */
    public static EngineRegistry discover() {
        EngineRegistry registry = new EngineRegistry();
        ModuleLayer layer = EngineRegistry.class.getModule().getLayer();
        if (layer != null) {
            registry.addLayer(layer);
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        registry.addClassLoader(context == null ? EngineRegistry.class.getClassLoader() : context);
        return registry;
    }

    /** Adds the engines of a module layer and its parents. */
    public EngineRegistry addLayer(ModuleLayer layer) {
        addAll(ServiceLoader.load(layer, EngineProvider.class));
        return this;
    }

    /** Adds the engines that a class loader can see. */
    public EngineRegistry addClassLoader(ClassLoader loader) {
        addAll(ServiceLoader.load(EngineProvider.class, loader));
        return this;
    }

    private void addAll(ServiceLoader<EngineProvider> services) {
        var iterator = services.stream().iterator();
        while (true) {
            ServiceLoader.Provider<EngineProvider> service;
            try {
                if (!iterator.hasNext()) {
                    return;
                }
                service = iterator.next();
            } catch (ServiceConfigurationError broken) {
                fail("a service of " + EngineProvider.class.getName(), broken);
                continue;
            }
            addOne(service);
        }
    }

    private void addOne(ServiceLoader.Provider<EngineProvider> service) {
        String what = service.type().getName() + " from " + EngineOrigin.of(service.type());
        EngineProvider provider;
        try {
            provider = service.get();
            SpiVersion.CURRENT.require(provider, EngineOrigin.of(service.type()));
        } catch (ServiceConfigurationError | RuntimeException | LinkageError broken) {
            fail(what, broken);
            return;
        }
        register(provider);
    }

    private void fail(String what, Throwable broken) {
        Throwable root = broken;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String reason = root instanceof ConfigurationException ? root.getMessage() : root.toString();
        lock.lock();
        try {
            DiscoveryReport.Failure failure = new DiscoveryReport.Failure(what, reason);
            if (!failures.contains(failure)) {
                failures.add(failure);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds an engine. The same class twice is one engine.
     *
     * @throws ConfigurationException when another engine has one of its ids, or it was built for another SPI
     */
    public EngineRegistry register(EngineProvider provider) {
        String origin = EngineOrigin.of(provider.getClass());
        SpiVersion.CURRENT.require(provider, origin);
        lock.lock();
        try {
            Entry known = byId.get(provider.id());
            if (known != null && known.provider().getClass() == provider.getClass()) {
                return this;
            }
            List<String> ids = new ArrayList<>(provider.aliases());
            ids.add(0, provider.id());
            ids.forEach(id -> refuseDuplicate(id, provider, origin));
            byId.put(provider.id(), new Entry(provider, origin));
            provider.aliases().forEach(alias -> idByAlias.put(alias, provider.id()));
        } finally {
            lock.unlock();
        }
        return this;
    }

    private void refuseDuplicate(String id, EngineProvider provider, String origin) {
        Entry other = byId.get(idByAlias.getOrDefault(id, id));
        if (other != null) {
            throw new ConfigurationException(ErrorCode.INVALID_CONFIG, "two engines have the id '" + id + "': "
                    + other.provider().getClass().getName() + " from " + other.origin() + " and "
                    + provider.getClass().getName() + " from " + origin + "; remove one of the two jars",
                    Map.of("id", id, "first", other.origin(), "second", origin));
        }
    }

    /** The engine of that id or alias. */
    public Optional<EngineProvider> find(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(byId.get(idByAlias.getOrDefault(id, id))).map(Entry::provider);
        } finally {
            lock.unlock();
        }
    }

    /** All usable engines, sorted by id. */
    public Collection<EngineProvider> engines() {
        lock.lock();
        try {
            return byId.values().stream().map(Entry::provider).toList();
        } finally {
            lock.unlock();
        }
    }

    /** What was found and what could not be loaded. */
    public DiscoveryReport report() {
        lock.lock();
        try {
            List<DiscoveryReport.Found> found = byId.values().stream()
                    .map(entry -> new DiscoveryReport.Found(entry.provider().id(), entry.provider().aliases(),
                            entry.provider().kinds(), entry.provider().spiVersion(), entry.origin()))
                    .toList();
            return new DiscoveryReport(found, failures);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The engine of that id for a kind.
     *
     * @throws ConfigurationException STORAGE_ENGINE_NOT_FOUND with the ids there are, those that failed to load, and
     *     what to add
     */
    public EngineProvider require(String id, StoreKind kind) {
        Optional<EngineProvider> engine = find(id);
        if (engine.isPresent() && engine.get().kinds().contains(kind)) {
            return engine.get();
        }
        throw engine.isPresent() ? wrongKind(engine.get(), kind) : unknown(id, kind);
    }

    private ConfigurationException wrongKind(EngineProvider engine, StoreKind kind) {
        List<String> able = engines().stream().filter(other -> other.kinds().contains(kind)).map(EngineProvider::id)
                .toList();
        return new ConfigurationException(ErrorCode.STORAGE_ENGINE_NOT_FOUND, "engine '" + engine.id()
                + "' offers no " + kind.label() + ", only " + engine.kinds().stream().map(StoreKind::label).sorted()
                .toList() + "; engines that do: " + able, Map.of("engine", engine.id(), "kind", kind));
    }

    private ConfigurationException unknown(String id, StoreKind kind) {
        DiscoveryReport report = report();
        List<String> ids = report.engines().stream().map(DiscoveryReport.Found::id).toList();
        String spelling = Spelling.closest(id, ids).map(text -> "did you mean '" + text + "'? ").orElse("");
        String message = "no engine '" + id + "' for a " + kind.label() + "; " + spelling + "Engines found: "
                + (ids.isEmpty() ? "none" : "") + (ids.isEmpty() ? "" : "\n  " + report.describe().replace("\n", "\n  "))
                + (ids.isEmpty() && !report.failures().isEmpty() ? "\n  " + report.describe().replace("\n", "\n  ") : "")
                + "\nTo use it, " + KnownEngines.hint(id)
                + "; in an image made by jlink, link it with --bind-services or name its module in --add-modules.";
        return new ConfigurationException(ErrorCode.STORAGE_ENGINE_NOT_FOUND, message,
                Map.of("engine", id, "kind", kind, "available", ids));
    }
}
