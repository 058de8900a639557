// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.engine.memcache.internal.cache.Lifecycle;
import io.sett.engine.memcache.internal.cache.MemoryCacheStore;
import io.sett.engine.memcache.internal.kv.MemoryKVSettings;
import io.sett.engine.memcache.internal.kv.MemoryKVStores;
import io.sett.engine.memcache.internal.settings.CacheSettings;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.SpiVersion;
import io.sett.spi.settings.SettingsSchema;
import java.util.Set;

/** The memory engine as a service: caches, and key-value stores that live in memory. */
public final class MemoryEngineProvider implements EngineProvider {

    private static final SpiVersion BUILT_FOR = new SpiVersion(1, 0);

    /** For the service loader. */
    public MemoryEngineProvider() {
        // Nothing to do: a provider is a cheap factory.
    }

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public SpiVersion spiVersion() {
        return BUILT_FOR;
    }

    @Override
    public Set<StoreKind> kinds() {
        return Set.of(StoreKind.CACHE, StoreKind.KEY_VALUE);
    }

    @Override
    public Set<Capability> capabilities(StoreKind kind) {
        return switch (kind) {
            case CACHE -> MemoryCacheStore.CAPABILITIES;
            case KEY_VALUE -> MemoryKVStores.capabilities();
            default -> throw notOffered(kind);
        };
    }

    @Override
    public SettingsSchema schema(StoreKind kind) {
        return switch (kind) {
            case CACHE -> CacheSettings.SCHEMA;
            case KEY_VALUE -> MemoryKVSettings.schema();
            default -> throw notOffered(kind);
        };
    }

    @Override
    public String artifact() {
        return "io.sett:engine-memcache";
    }

    @Override
    public Store open(StoreKind kind, EngineContext context) {
        return switch (kind) {
            case CACHE -> Lifecycle.open(context);
            case KEY_VALUE -> MemoryKVStores.open(context);
            default -> throw notOffered(kind);
        };
    }

    private static InvalidOperationException notOffered(StoreKind kind) {
        return new InvalidOperationException(ErrorCode.INVALID_STORAGE_TYPE, "engine 'memory' offers no " + kind.label()
                + ", only caches and key-value stores");
    }
}
