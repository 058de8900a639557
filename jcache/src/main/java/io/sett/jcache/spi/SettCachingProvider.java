// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.spi;

import io.sett.jcache.internal.SettCacheManager;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * The provider of the standard: hands out one manager for each URI and class loader.
 * {@code Caching.getCachingProvider()} finds it as a service; where several providers are present, name it by its class.
 *
 * <p>Values are stored by value only; a configuration that asks for storing by reference is refused with
 * {@link UnsupportedOperationException}. Any thread.
 */
public final class SettCachingProvider implements CachingProvider {

    private static final URI DEFAULT_URI = URI.create("sett:default");

    private final WeakHashMap<ClassLoader, Map<URI, SettCacheManager>> managers = new WeakHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** For the service loader; does nothing. */
    public SettCachingProvider() {
    }

    @Override
    public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader loader,
            @Nullable Properties properties) {
        URI name = uri == null ? getDefaultURI() : uri;
        ClassLoader owner = loader == null ? getDefaultClassLoader() : loader;
        lock.lock();
        try {
            Map<URI, SettCacheManager> ofLoader = managers.computeIfAbsent(owner, any -> new HashMap<>());
            SettCacheManager known = ofLoader.get(name);
            if (known == null || known.isClosed()) {
                known = new SettCacheManager(this, name, owner, properties == null ? getDefaultProperties()
                        : properties);
                ofLoader.put(name, known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader loader) {
        return getCacheManager(uri, loader, null);
    }

    @Override
    public CacheManager getCacheManager() {
        return getCacheManager(null, null, null);
    }

    @Override
    public ClassLoader getDefaultClassLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? SettCachingProvider.class.getClassLoader() : context;
    }

    @Override
    public URI getDefaultURI() {
        return DEFAULT_URI;
    }

    @Override
    public Properties getDefaultProperties() {
        return new Properties();
    }

    @Override
    public void close() {
        closeAll(takeAll());
    }

    private List<SettCacheManager> takeAll() {
        lock.lock();
        try {
            List<SettCacheManager> all = new ArrayList<>();
            managers.values().forEach(ofLoader -> all.addAll(ofLoader.values()));
            managers.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close(ClassLoader loader) {
        lock.lock();
        Map<URI, SettCacheManager> ofLoader;
        try {
            ofLoader = managers.remove(loader);
        } finally {
            lock.unlock();
        }
        if (ofLoader != null) {
            closeAll(new ArrayList<>(ofLoader.values()));
        }
    }

    @Override
    public void close(URI uri, ClassLoader loader) {
        lock.lock();
        SettCacheManager manager;
        try {
            Map<URI, SettCacheManager> ofLoader = managers.get(loader);
            manager = ofLoader == null ? null : ofLoader.remove(uri);
        } finally {
            lock.unlock();
        }
        if (manager != null) {
            manager.close();
        }
    }

    private static void closeAll(List<SettCacheManager> all) {
        RuntimeException failure = null;
        for (SettCacheManager manager : all) {
            try {
                manager.close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean isSupported(OptionalFeature feature) {
        return false;
    }
}
