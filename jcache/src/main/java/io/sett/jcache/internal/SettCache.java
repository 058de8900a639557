// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import io.sett.api.cache.CacheStore;
import io.sett.jcache.SettCacheConfiguration;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the standard over a {@link CacheStore}: checks arguments and hands on to the parts that do the work. Any
 * thread. {@code unwrap(CacheStore.class)} gives the store; what is written to it directly bypasses writer, events and
 * statistics.
 */
final class SettCache<K, V> implements Cache<K, V> {

    private final SettCacheManager manager;
    private final String name;
    private final SettCacheConfiguration<K, V> configuration;
    private final CacheStore store;
    private final Executor executor;
    private final TypeGuard guard;
    private final Beans beans;
    private final Statistics statistics;
    private final ConfigurationBean configurationBean;
    private final Entries.Parts<K, V> parts;
    private final Entries<K, V> entries;
    private final Bulk<K, V> bulk;
    private final Invocations<K, V> invocations;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A cache.
     *
     * @param configuration a copy of its own
     * @param store which it closes
     */
    SettCache(SettCacheManager manager, String name, SettCacheConfiguration<K, V> configuration, CacheStore store,
            Executor executor) {
        this.manager = manager;
        this.name = name;
        this.configuration = configuration;
        this.store = store;
        this.executor = executor;
        this.guard = new TypeGuard(name, configuration.getKeyType(), configuration.getValueType());
        this.beans = new Beans(manager.getURI(), name);
        this.statistics = new Statistics(() -> store.stats().evictions());
        this.configurationBean = new ConfigurationBean(configuration);
        TypedStore<K, V> typed = new TypedStore<>(store, manager.getClassLoader());
        this.parts = new Entries.Parts<>(typed, new Expiry(configuration.getExpiryPolicyFactory().create()),
                new Loading<>(loader(configuration), configuration.isReadThrough()),
                new Writing<>(configuration.isWriteThrough() ? writer(configuration) : null),
                new Listeners<>(this, typed, executor), statistics, new KeyLocks());
        this.entries = new Entries<>(parts);
        this.bulk = new Bulk<>(entries);
        this.invocations = new Invocations<>(entries);
    }

    private static <K, V> @Nullable CacheLoader<K, V> loader(SettCacheConfiguration<K, V> configuration) {
        Factory<CacheLoader<K, V>> factory = configuration.getCacheLoaderFactory();
        return factory == null ? null : factory.create();
    }

    private static <K, V> @Nullable CacheWriter<? super K, ? super V> writer(
            SettCacheConfiguration<K, V> configuration) {
        Factory<CacheWriter<? super K, ? super V>> factory = configuration.getCacheWriterFactory();
        return factory == null ? null : factory.create();
    }

    /** Listeners and beans of the configuration; once, when the manager knows the cache. */
    void begin() {
        for (CacheEntryListenerConfiguration<K, V> listener : configuration.getCacheEntryListenerConfigurations()) {
            parts.listeners().register(listener);
        }
        enableManagement(configuration.isManagementEnabled());
        enableStatistics(configuration.isStatisticsEnabled());
    }

    void enableManagement(boolean on) {
        configuration.setManagementEnabled(on);
        beans.showConfiguration(configurationBean, on);
    }

    void enableStatistics(boolean on) {
        configuration.setStatisticsEnabled(on);
        statistics.enable(on);
        beans.showStatistics(statistics, on);
    }

    SettCacheConfiguration<K, V> configuration() {
        return configuration;
    }

    void checkOpen() {
        if (closed.get()) {
            throw new IllegalStateException("cache '" + name + "' is closed; get or create it again from its manager");
        }
    }

    private void checkKey(@Nullable Object key) {
        checkOpen();
        guard.key(key);
    }

    private void check(@Nullable Object key, @Nullable Object value) {
        checkKey(key);
        guard.value(value);
    }

    // --- reading ---

    @Override
    public @Nullable V get(K key) {
        checkKey(key);
        return entries.get(key);
    }

    @Override
    public Map<K, V> getAll(Set<? extends K> keys) {
        checkOpen();
        guard.keys(keys);
        return bulk.getAll(keys);
    }

    @Override
    public boolean containsKey(K key) {
        checkKey(key);
        return entries.containsKey(key);
    }

    @Override
    public void loadAll(Set<? extends K> keys, boolean replaceExistingValues,
            @Nullable CompletionListener completionListener) {
        checkOpen();
        guard.keys(keys);
        Runnable load = () -> loadNow(keys, replaceExistingValues, completionListener);
        if (!parts.loading().isPresent()) {
            load.run();
            return;
        }
        try {
            executor.execute(load);
        } catch (RejectedExecutionException closing) {
            throw new IllegalStateException("cache '" + name + "' is being closed", closing);
        }
    }

    private void loadNow(Set<? extends K> keys, boolean replace, @Nullable CompletionListener listener) {
        try {
            bulk.loadAll(keys, replace);
        } catch (RuntimeException e) {
            if (listener != null) {
                listener.onException(e);
            }
            return;
        }
        if (listener != null) {
            listener.onCompletion();
        }
    }

    @Override
    public Iterator<Entry<K, V>> iterator() {
        checkOpen();
        return new EntryIterator<>(this, entries);
    }

    // --- writing ---

    @Override
    public void put(K key, V value) {
        check(key, value);
        entries.put(key, value);
    }

    @Override
    public @Nullable V getAndPut(K key, V value) {
        check(key, value);
        return entries.getAndPut(key, value);
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> map) {
        checkOpen();
        Objects.requireNonNull(map, "map").forEach(this::check);
        bulk.putAll(map);
    }

    @Override
    public boolean putIfAbsent(K key, V value) {
        check(key, value);
        return entries.putIfAbsent(key, value);
    }

    @Override
    public boolean remove(K key) {
        checkKey(key);
        return entries.remove(key);
    }

    @Override
    public boolean remove(K key, V oldValue) {
        check(key, oldValue);
        return entries.remove(key, oldValue);
    }

    @Override
    public @Nullable V getAndRemove(K key) {
        checkKey(key);
        return entries.getAndRemove(key);
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        check(key, oldValue);
        guard.value(newValue);
        return entries.replace(key, oldValue, newValue);
    }

    @Override
    public boolean replace(K key, V value) {
        check(key, value);
        return entries.replace(key, value);
    }

    @Override
    public @Nullable V getAndReplace(K key, V value) {
        check(key, value);
        return entries.getAndReplace(key, value);
    }

    @Override
    public void removeAll(Set<? extends K> keys) {
        checkOpen();
        guard.keys(keys);
        bulk.removeAll(keys);
    }

    @Override
    public void removeAll() {
        checkOpen();
        bulk.removeAll();
    }

    @Override
    public void clear() {
        checkOpen();
        parts.store().clear();
    }

    // --- processors ---

    @Override
    public <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> entryProcessor, @Nullable Object... arguments) {
        checkKey(key);
        Objects.requireNonNull(entryProcessor, "entryProcessor");
        return invocations.invoke(key, entryProcessor, arguments);
    }

    @Override
    public <T> Map<K, EntryProcessorResult<T>> invokeAll(Set<? extends K> keys, EntryProcessor<K, V, T> entryProcessor,
            @Nullable Object... arguments) {
        checkOpen();
        guard.keys(keys);
        Objects.requireNonNull(entryProcessor, "entryProcessor");
        return invocations.invokeAll(keys, entryProcessor, arguments);
    }

    // --- what it is ---

    @Override
    public String getName() {
        return name;
    }

    @Override
    public CacheManager getCacheManager() {
        return manager;
    }

    @Override
    public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
        SettCacheConfiguration<K, V> copy = new SettCacheConfiguration<>(configuration);
        if (type.isInstance(copy)) {
            return type.cast(copy);
        }
        throw new IllegalArgumentException("the configuration of cache '" + name + "' is no " + type.getName()
                + "; ask for " + SettCacheConfiguration.class.getName() + " or an interface of the standard");
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (type.isInstance(store)) {
            return type.cast(store);
        }
        throw new IllegalArgumentException("cache '" + name + "' is no " + type.getName() + "; it gives out "
                + CacheStore.class.getName());
    }

    @Override
    public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> listener) {
        checkOpen();
        parts.listeners().register(Objects.requireNonNull(listener, "listener"));
        configuration.addCacheEntryListenerConfiguration(listener);
    }

    @Override
    public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> listener) {
        checkOpen();
        parts.listeners().deregister(Objects.requireNonNull(listener, "listener"));
        configuration.removeCacheEntryListenerConfiguration(listener);
    }

    // --- the end ---

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        manager.forget(this);
        try {
            beans.showConfiguration(configurationBean, false);
            beans.showStatistics(statistics, false);
        } catch (CacheException e) {
            closeParts();
            throw e;
        }
        closeParts();
    }

    private void closeParts() {
        parts.listeners().close();
        parts.loading().close();
        parts.writing().close();
        parts.expiry().close();
        store.close();
    }
}
