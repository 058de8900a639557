// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import io.sett.api.cache.CacheStore;
import io.sett.api.common.StoreKind;
import io.sett.api.error.StorageException;
import io.sett.jcache.SettCacheConfiguration;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.Engines;
import io.sett.spi.settings.EngineSettings;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one URI and class loader. Any thread. The threads that load and that tell asynchronous listeners come
 * with the work and go when there is none.
 */
public final class SettCacheManager implements CacheManager {

    private static final long IDLE_SECONDS = 5;

    private final CachingProvider provider;
    private final URI uri;
    private final WeakReference<ClassLoader> loader;
    private final Properties properties;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SettCache<?, ?>> caches = new LinkedHashMap<>();
    private final ThreadPoolExecutor executor;
    private volatile boolean closed;

    /** A manager without caches. */
    public SettCacheManager(CachingProvider provider, URI uri, ClassLoader loader, Properties properties) {
        this.provider = provider;
        this.uri = uri;
        this.loader = new WeakReference<>(loader);
        this.properties = new Properties();
        this.properties.putAll(properties);
        this.executor = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS,
                new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "sett-jcache");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public CachingProvider getCachingProvider() {
        return provider;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    public ClassLoader getClassLoader() {
        ClassLoader known = loader.get();
        return known == null ? SettCacheManager.class.getClassLoader() : known;
    }

    @Override
    public Properties getProperties() {
        return properties;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the cache manager " + uri + " is closed; get it again from its provider");
        }
    }

    // --- making ---

    @Override
    public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(String name, C configuration) {
        checkOpen();
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(configuration, "configuration");
        if (!configuration.isStoreByValue()) {
            throw new UnsupportedOperationException("cache '" + name + "': this provider stores by value only; "
                    + "call setStoreByValue(true)");
        }
        lock.lock();
        try {
            checkOpen();
            if (caches.containsKey(name)) {
                throw new CacheException("there is a cache '" + name + "' already in the manager " + uri
                        + "; use getCache, or destroy it before");
            }
            SettCacheConfiguration<K, V> own = new SettCacheConfiguration<>(complete(configuration));
            SettCache<K, V> cache = new SettCache<>(this, name, own, open(name, own), executor);
            caches.put(name, cache);
            begin(cache);
            return cache;
        } finally {
            lock.unlock();
        }
    }

    private static <K, V> void begin(SettCache<K, V> cache) {
        try {
            cache.begin();
        } catch (RuntimeException e) {
            cache.close();
            throw e;
        }
    }

    private static <K, V> CompleteConfiguration<K, V> complete(Configuration<K, V> configuration) {
        if (configuration instanceof CompleteConfiguration<K, V> complete) {
            return complete;
        }
        MutableConfiguration<K, V> filled = new MutableConfiguration<>();
        return filled.setTypes(configuration.getKeyType(), configuration.getValueType());
    }

    private static CacheStore open(String name, SettCacheConfiguration<?, ?> configuration) {
        try {
            EngineProvider engine = Engines.discover().require(configuration.engine(), StoreKind.CACHE);
            EngineSettings settings = EngineSettings.of("the configuration of cache '" + name + "'",
                    engine.schema(StoreKind.CACHE), configuration.settings());
            return Engines.open(CacheStore.class, engine, EngineContext.of(name, StoreKind.CACHE, settings));
        } catch (StorageException e) {
            throw new CacheException("cache '" + name + "' cannot be made: " + e.getMessage(), e);
        }
    }

    // --- finding ---

    @Override
    public <K, V> @Nullable Cache<K, V> getCache(String name, Class<K> keyType, Class<V> valueType) {
        Objects.requireNonNull(keyType, "keyType");
        Objects.requireNonNull(valueType, "valueType");
        Cache<K, V> cache = getCache(name);
        if (cache != null) {
            check(name, "key", cache.getConfiguration(Configuration.class).getKeyType(), keyType);
            check(name, "value", cache.getConfiguration(Configuration.class).getValueType(), valueType);
        }
        return cache;
    }

    private static void check(String cache, String what, Class<?> actual, Class<?> asked) {
        if (!actual.equals(asked)) {
            throw new ClassCastException("cache '" + cache + "' has the " + what + " type " + actual.getName()
                    + ", not " + asked.getName());
        }
    }

    @Override
    @SuppressWarnings("unchecked") // The caller says of which types; the standard asks for no check here.
    public <K, V> @Nullable Cache<K, V> getCache(String name) {
        checkOpen();
        return (Cache<K, V>) find(name);
    }

    private @Nullable SettCache<?, ?> find(String name) {
        Objects.requireNonNull(name, "name");
        lock.lock();
        try {
            return caches.get(name);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Iterable<String> getCacheNames() {
        checkOpen();
        lock.lock();
        try {
            Set<String> names = new TreeSet<>(caches.keySet());
            return Collections.unmodifiableSet(names);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void enableManagement(String name, boolean enabled) {
        checkOpen();
        SettCache<?, ?> cache = find(name);
        if (cache != null) {
            cache.enableManagement(enabled);
        }
    }

    @Override
    public void enableStatistics(String name, boolean enabled) {
        checkOpen();
        SettCache<?, ?> cache = find(name);
        if (cache != null) {
            cache.enableStatistics(enabled);
        }
    }

    // --- the end ---

    @Override
    public void destroyCache(String name) {
        checkOpen();
        SettCache<?, ?> cache = find(name);
        if (cache != null) {
            cache.close();
        }
    }

    /** A cache was closed. */
    void forget(SettCache<?, ?> cache) {
        lock.lock();
        try {
            caches.remove(cache.getName(), cache);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<SettCache<?, ?>> open;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            open = new ArrayList<>(caches.values());
        } finally {
            lock.unlock();
        }
        try {
            open.forEach(SettCache::close);
        } finally {
            executor.shutdown();
            provider.close(uri, getClassLoader());
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("a cache manager of Sett is no " + type.getName());
    }
}
