// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import io.sett.api.cache.CacheStore;
import io.sett.api.common.StoreKind;
import io.sett.engine.memcache.internal.cache.Lifecycle;
import io.sett.engine.memcache.internal.settings.CacheSettings;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;

/**
 * Opens a cache in memory outside of the Java heap, with no configuration file and no provider.
 *
 * <pre>{@code
 * try (CacheStore cache = MemoryCache.open(MemoryCacheOptions.defaults().withMaxBytes(64 << 20))) {
 *     cache.set("user:1", bytes, Duration.ofMinutes(5));
 * }
 * }</pre>
 *
 * <p>The cache is divided into shards with locks of their own; reads take no lock. An entry costs about 44 bytes beside
 * key and value. The memory is that of direct buffers, which the JVM limits by {@code -XX:MaxDirectMemorySize} (as much
 * as the heap unless set).
 */
public final class MemoryCache {

    private MemoryCache() {
    }

    /** A cache with the documented defaults: at most 1 GiB, entries live one hour. Close it. */
    public static CacheStore open() {
        return open(MemoryCacheOptions.defaults());
    }

    /**
     * A cache. Close it.
     *
     * @throws io.sett.api.error.ConfigurationException with all values that are not allowed
     */
    public static CacheStore open(MemoryCacheOptions options) {
        EngineSettings settings = EngineSettings.of("the options of cache '" + options.name() + "'",
                CacheSettings.SCHEMA, options.settings());
        return Lifecycle.open(EngineContext.of(options.name(), StoreKind.CACHE, settings).withClock(options.clock()));
    }
}
