// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import io.sett.api.common.StoreKind;
import io.sett.provider.internal.binding.BoundConfig;
import io.sett.provider.internal.binding.CoreSettings;
import io.sett.provider.internal.store.Assembly;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Configuration that has been read and checked: every value with its type and the place it comes from. Made by
 * {@link StorageProviders#load()}. Immutable; safe for any thread. Does not change when files change.
 */
public final class StorageConfig {

    /**
     * One value in force.
     *
     * @param key its full path ({@code storage.badger.sync_writes})
     * @param text the value as it would be written; "(hidden)" for a secret
     * @param origin where it comes from: {@code storage.conf: 12}, an environment variable, or "default"
     */
    public record Value(String key, String text, String origin) {
    }

    /**
     * A named store.
     *
     * @param kind its kind
     * @param name its name
     * @param engine the id of its engine
     * @param eager whether it is opened when the provider starts
     */
    public record Instance(StoreKind kind, String name, String engine, boolean eager) {
    }

    private final Assembly assembly;
    private final BoundConfig config;

    StorageConfig(Assembly assembly) {
        this.assembly = assembly;
        this.config = assembly.config();
    }

    Assembly assembly() {
        return assembly;
    }

    /** What relative paths of engines resolve against: {@code storage.data_root}. */
    public Path dataRoot() {
        return config.dataRoot();
    }

    /** Whether unknown keys are errors: {@code storage.strict}. */
    public boolean strict() {
        return config.root().get(CoreSettings.STRICT);
    }

    /** Bytes that all stores together may take; 0 for the standard: {@code storage.memory_budget}. */
    public long memoryBudgetBytes() {
        return config.root().get(CoreSettings.MEMORY_BUDGET);
    }

    /** Whether stores may be opened on an engine: {@code storage.enabled_stores.<id>}. */
    public boolean isEnabled(String engineId) {
        return config.isEnabled(engineId);
    }

    /** The engine of stores that do not say otherwise: {@code storage.default_engines.<kind>}. */
    public String defaultEngine(StoreKind kind) {
        return config.defaultEngine(kind).engine();
    }

    /** The named stores: {@code storage.instances.<kind>.<name>}. */
    public List<Instance> instances() {
        return config.instances().stream().map(instance -> new Instance(instance.kind(), instance.name(),
                instance.engine(), instance.eager())).toList();
    }

    /**
     * The typed settings of a section ({@code performance}, or the id of an engine that is there).
     *
     * @return empty when there is no such section
     */
    public Optional<EngineSettings> section(String name) {
        return config.section(name);
    }

    /** Every value in force, sorted by key. */
    public List<Value> values() {
        return config.values().stream().map(value -> new Value(value.key(), value.text(), value.origin())).toList();
    }

    /** The value of a key ({@code storage.badger.path}). */
    public Optional<Value> value(String key) {
        return values().stream().filter(value -> value.key().equals(key)).findFirst();
    }

    /** The files and resources that were read, the overlay last. */
    public List<String> sources() {
        return config.sources();
    }
}
