// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.store;

import io.sett.api.EngineInfo;
import io.sett.api.StorageProvider;
import io.sett.api.StoreInfo;
import io.sett.api.StoreSettings;
import io.sett.api.cache.CacheStore;
import io.sett.api.common.Health;
import io.sett.api.common.Metrics;
import io.sett.api.common.Registration;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.event.StorageEventListener;
import io.sett.api.kv.KVStore;
import io.sett.provider.internal.binding.InstanceConfig;
import io.sett.spi.Engines;
import io.sett.spi.Scheduler;
import io.sett.spi.log.Loggers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The provider.
 *
 * <p>Opening stores shares the lock {@code life}, starting and closing take it alone: no store is opened once closing
 * has begun. A store that is open already is found without any lock.
 */
public final class ConfiguredStorageProvider implements StorageProvider {

    private static final Logger LOG = Loggers.of(ConfiguredStorageProvider.class);

    private enum State { NEW, STARTED, CLOSED }

    /** What exists from start to close. */
    private record Running(Assembly assembly, StorePlans plans, StoreOpener opener, OpenStores stores) {
    }

    private final Supplier<Assembly> assembly;
    private final StoreOpener.Shared shared;
    private final EventDispatcher events = new EventDispatcher();
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private volatile State state = State.NEW;
    private volatile @Nullable Running running;

    /** A provider that is not started. */
    public ConfiguredStorageProvider(Supplier<Assembly> assembly, Clock clock, Scheduler scheduler) {
        this.assembly = assembly;
        this.shared = new StoreOpener.Shared(clock, scheduler);
    }

    @Override
    public void start() {
        life.writeLock().lock();
        try {
            if (state == State.CLOSED) {
                throw notUsable();
            }
            if (state == State.NEW) {
                Assembly found = assembly.get();
                Running made = new Running(found, new StorePlans(found.config()), new StoreOpener(found.config(),
                        found.engines(), shared, events), new OpenStores());
                openEager(made);
                running = made;
                state = State.STARTED;
            }
        } finally {
            life.writeLock().unlock();
        }
    }

    private static void openEager(Running made) {
        try {
            for (InstanceConfig instance : made.assembly().config().instances()) {
                if (instance.eager()) {
                    StorePlan plan = made.plans().plan(instance.kind(), instance.name());
                    made.stores().findOrOpen(plan.id(), () -> made.opener().open(plan));
                }
            }
        } catch (RuntimeException failed) {
            made.stores().closeAll().forEach(failed::addSuppressed);
            throw failed;
        }
    }

    @Override
    public boolean isStarted() {
        return state == State.STARTED;
    }

    private Running running() {
        Running now = running;
        if (state != State.STARTED || now == null) {
            throw notUsable();
        }
        return now;
    }

    private ClosedException notUsable() {
        return state == State.CLOSED
                ? new ClosedException(ErrorCode.PROVIDER_NOT_INITIALIZED, "the storage provider is closed; its stores"
                        + " are closed with it. Make and start a new provider")
                : new ClosedException(ErrorCode.PROVIDER_NOT_INITIALIZED, "the storage provider has not been started;"
                        + " call start() before asking for stores");
    }

    @Override
    public <S extends Store> S get(Class<S> type, String name) {
        Running now = running();
        StoreKind kind = Engines.kindOf(type);
        return type.cast(open(now, now.plans().plan(kind, name)));
    }

    @Override
    public KVStore getBadgerStore(String name) {
        Running now = running();
        return (KVStore) open(now, now.plans().plan(StoreKind.KEY_VALUE, name, "badger"));
    }

    @Override
    public CacheStore getMemoryStore(String name) {
        Running now = running();
        return (CacheStore) open(now, now.plans().plan(StoreKind.CACHE, name, "memory"));
    }

    private Store open(Running now, StorePlan plan) {
        return now.stores().find(plan.id()).orElseGet(() -> openWhileStarted(now, plan)).store();
    }

    private OpenStore openWhileStarted(Running now, StorePlan plan) {
        life.readLock().lock();
        try {
            running();
            return now.stores().findOrOpen(plan.id(), () -> {
                if (now.plans().holds(plan)) {
                    return now.opener().open(plan);
                }
                now.plans().release(plan);
                throw now.plans().unknown(plan.kind(), plan.name());
            });
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public <S extends Store> S create(Class<S> type, String name, StoreSettings settings) {
        running();
        StoreKind kind = Engines.kindOf(type);
        life.readLock().lock();
        try {
            Running now = running();
            StorePlan plan = now.plans().reserve(kind, name, settings, id -> now.stores().find(id).isPresent());
            try {
                OpenStore opened = now.stores().findOrOpen(plan.id(), () -> now.opener().open(plan));
                now.plans().opened(plan);
                return type.cast(opened.store());
            } catch (RuntimeException failed) {
                now.plans().release(plan);
                throw failed;
            }
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public List<StoreInfo> stores() {
        return running().stores().list().stream().map(OpenStore::info)
                .sorted(Comparator.comparing(StoreInfo::id)).toList();
    }

    @Override
    public List<EngineInfo> engines() {
        Assembly now = running().assembly();
        return EngineListing.of(now.engines(), now.config());
    }

    @Override
    public Map<String, Metrics> metrics() {
        Map<String, Metrics> all = new TreeMap<>();
        running().stores().list().forEach(open -> all.put(open.plan().id(), open.store().metrics()));
        return all;
    }

    @Override
    public Health health() {
        Running now = running;
        if (state != State.STARTED || now == null) {
            return Health.down(notUsable().getMessage());
        }
        List<Health.Check> checks = new ArrayList<>();
        checks.add(new Health.Check("provider", Health.Status.UP, "started"));
        now.stores().list().forEach(open -> open.store().health().checks().forEach(check -> checks.add(
                new Health.Check(open.plan().id() + ": " + check.name(), check.status(), check.message()))));
        return Health.of(checks);
    }

    @Override
    public Registration addListener(StorageEventListener listener) {
        return events.add(listener);
    }

    @Override
    public String describeConfiguration() {
        return running().assembly().config().values().stream()
                .map(value -> value.key() + " = " + value.text() + "  # " + value.origin())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        Running last;
        life.writeLock().lock();
        try {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            last = running;
            running = null;
        } finally {
            life.writeLock().unlock();
        }
        List<RuntimeException> failures = last == null ? List.of() : last.stores().closeAll();
        List<String> leaks = events.close();
        if (!leaks.isEmpty()) {
            LOG.warn("{} cursors, transactions or streams were left open when the provider was closed: {}",
                    leaks.size(), String.join("; ", leaks));
        }
        throwFirst(failures);
    }

    private static void throwFirst(List<RuntimeException> failures) {
        if (failures.isEmpty()) {
            return;
        }
        RuntimeException first = failures.get(0);
        failures.stream().skip(1).forEach(first::addSuppressed);
        throw first;
    }
}
