// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.store;

import io.sett.api.StorageProvider;
import io.sett.api.StoreSettings;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.provider.internal.binding.BoundConfig;
import io.sett.provider.internal.binding.CoreSettings;
import io.sett.provider.internal.binding.EngineChoice;
import io.sett.provider.internal.binding.InstanceConfig;
import io.sett.provider.internal.binding.StoreNames;
import io.sett.provider.internal.source.Layer;
import io.sett.spi.settings.SettingValue;
import io.sett.spi.settings.Spelling;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** All names that are known: configured ones, those the program made, and the default of each kind. */
final class StorePlans {

    private final BoundConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, StorePlan> created = new TreeMap<>();
    private final Set<String> opened = new HashSet<>();

    StorePlans(BoundConfig config) {
        this.config = config;
    }

    /** The plan of a name; throws when the name is unknown or of another kind. */
    StorePlan plan(StoreKind kind, String name) {
        StoreNames.require(name);
        Optional<StorePlan> known = known(kind, name);
        if (known.isPresent()) {
            return known.get();
        }
        refuseOtherKind(kind, name);
        if (name.equals(StorageProvider.DEFAULT_NAME)) {
            EngineChoice choice = config.defaultEngine(kind);
            return new StorePlan(kind, name, choice, "storage." + choice.engine(), Map.of(), false);
        }
        throw unknown(kind, name);
    }

    /** The same, but on a certain engine. */
    StorePlan plan(StoreKind kind, String name, String engine) {
        StorePlan plan = plan(kind, name);
        if (plan.choice().engine().equals(engine)) {
            return plan;
        }
        if (name.equals(StorageProvider.DEFAULT_NAME) && known(kind, name).isEmpty()) {
            return new StorePlan(kind, BoundConfig.DEFAULT_ON + engine, new EngineChoice(engine,
                    "the getter of the engine '" + engine + "'"), "storage." + engine, Map.of(), false);
        }
        throw new InvalidOperationException(ErrorCode.INVALID_STORAGE_TYPE, "the " + kind.label() + " '" + name
                + "' is on the engine '" + plan.choice().engine() + "' (" + plan.choice().chosenBy()
                + "), not on '" + engine + "'; use the getter that takes any engine, or configure another store",
                Map.of("name", name, "engine", plan.choice().engine(), "wanted", engine));
    }

    private Optional<StorePlan> known(StoreKind kind, String name) {
        Optional<InstanceConfig> configured = config.instance(kind, name);
        if (configured.isPresent()) {
            InstanceConfig instance = configured.get();
            return Optional.of(new StorePlan(kind, name, new EngineChoice(instance.engine(), instance.engineOrigin()),
                    instance.section(), instance.values(), false));
        }
        lock.lock();
        try {
            return Optional.ofNullable(created.get(BoundConfig.id(kind, name)));
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> otherOwner(StoreKind kind, String name) {
        if (name.equals(StorageProvider.DEFAULT_NAME)) {
            return Optional.empty();
        }
        for (StoreKind other : StoreKind.values()) {
            if (other != kind && known(other, name).isPresent()) {
                return Optional.of(other.label());
            }
        }
        return Optional.empty();
    }

    private void refuseOtherKind(StoreKind kind, String name) {
        otherOwner(kind, name).ifPresent(owner -> {
            throw new InvalidOperationException(ErrorCode.INVALID_STORAGE_TYPE, "'" + name + "' is the name of a "
                    + owner + ", not of a " + kind.label() + "; use the getter of its kind or another name",
                    Map.of("name", name, "kind", owner, "wanted", kind.label()));
        });
    }

    ConfigurationException unknown(StoreKind kind, String name) {
        TreeSet<String> names = new TreeSet<>();
        names.add(StorageProvider.DEFAULT_NAME);
        config.instances().stream().filter(instance -> instance.kind() == kind)
                .forEach(instance -> names.add(instance.name()));
        lock.lock();
        try {
            created.values().stream().filter(plan -> plan.kind() == kind).forEach(plan -> names.add(plan.name()));
        } finally {
            lock.unlock();
        }
        return new ConfigurationException(ErrorCode.STORAGE_ENGINE_NOT_FOUND, "no " + kind.label() + " is called '"
                + name + "'" + Spelling.closest(name, names).map(near -> "; did you mean '" + near + "'?").orElse("")
                + " Known: " + names + ". Add storage.instances." + kind.key() + "." + name
                + " { } to the configuration, or make the store with create",
                Map.of("name", name, "kind", kind, "known", names));
    }

    /**
     * Takes a free name for a store that the program makes.
     *
     * @param inUse whether a store of an id is open
     */
    StorePlan reserve(StoreKind kind, String name, StoreSettings settings, Predicate<String> inUse) {
        StoreNames.require(name);
        StorePlan plan = planned(kind, name, settings);
        lock.lock();
        try {
            created.values().removeIf(old -> old.name().equals(name) && abandoned(old, inUse));
            opened.removeIf(id -> !created.containsKey(id));
            if (config.instance(kind, name).isPresent() || created.containsKey(plan.id()) || inUse.test(plan.id())) {
                throw taken(kind.label(), name);
            }
            otherOwner(kind, name).ifPresent(owner -> {
                throw taken(owner, name);
            });
            created.put(plan.id(), plan);
        } finally {
            lock.unlock();
        }
        return plan;
    }

    private boolean abandoned(StorePlan plan, Predicate<String> inUse) {
        return opened.contains(plan.id()) && !inUse.test(plan.id());
    }

    /** A store that the program made is open: when it is closed, its name becomes free. */
    void opened(StorePlan plan) {
        lock.lock();
        try {
            opened.add(plan.id());
        } finally {
            lock.unlock();
        }
    }

    /** Frees the name of a store that the program made. */
    void release(StorePlan plan) {
        lock.lock();
        try {
            if (created.get(plan.id()) == plan) {
                created.remove(plan.id());
                opened.remove(plan.id());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the plan may be carried out: not when the program made the store and it failed to open or was closed. */
    boolean holds(StorePlan plan) {
        if (!plan.created()) {
            return true;
        }
        lock.lock();
        try {
            return created.get(plan.id()) == plan && !opened.contains(plan.id());
        } finally {
            lock.unlock();
        }
    }

    private ConfigurationException taken(String owner, String name) {
        return new ConfigurationException(ErrorCode.INVALID_CONFIG, "the name '" + name + "' is taken by a " + owner
                + "; choose another one, or use the getter to have the store there is", Map.of("name", name));
    }

    private StorePlan planned(StoreKind kind, String name, StoreSettings settings) {
        Map<String, SettingValue> own = new LinkedHashMap<>();
        Layer.flatten("", settings.asMap(), "set in code", own);
        SettingValue engine = own.remove(CoreSettings.ENGINE.path());
        EngineChoice choice = engine == null ? config.defaultEngine(kind)
                : new EngineChoice(String.valueOf(engine.raw()), "the settings given to create '" + name + "'");
        return new StorePlan(kind, name, choice, "storage." + CoreSettings.INSTANCES + "." + kind.key() + "." + name,
                own, true);
    }
}
