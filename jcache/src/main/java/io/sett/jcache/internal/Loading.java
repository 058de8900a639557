// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** The loader of a cache, if it has one, with its failures in the one form of the standard. Any thread. */
final class Loading<K, V> {

    private final @Nullable CacheLoader<K, V> loader;
    private final boolean readThrough;

    Loading(@Nullable CacheLoader<K, V> loader, boolean readThrough) {
        this.loader = loader;
        this.readThrough = readThrough && loader != null;
    }

    /** Whether a value that is missing is loaded. */
    boolean isReadThrough() {
        return readThrough;
    }

    boolean isPresent() {
        return loader != null;
    }

    /** The value of a key, null when there is none. */
    @Nullable V load(K key) {
        CacheLoader<K, V> source = loader;
        if (source == null) {
            return null;
        }
        try {
            return source.load(key);
        } catch (CacheLoaderException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** The values of many keys, without those that there are not. */
    Map<K, V> loadAll(Iterable<K> keys) {
        CacheLoader<K, V> source = loader;
        if (source == null) {
            return Map.of();
        }
        try {
            Map<K, V> found = new LinkedHashMap<>(source.loadAll(keys));
            found.entrySet().removeIf(entry -> entry.getKey() == null || entry.getValue() == null);
            return found;
        } catch (CacheLoaderException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private static CacheLoaderException failed(RuntimeException cause) {
        return new CacheLoaderException("the loader of the cache failed: " + cause, cause);
    }

    void close() {
        Closeables.close(loader);
    }
}
