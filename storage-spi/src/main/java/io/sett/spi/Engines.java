// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import io.sett.api.cache.CacheStore;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.file.FileStore;
import io.sett.api.file.TempStore;
import io.sett.api.kv.KVStore;
import io.sett.api.sql.SQLStore;
import io.sett.spi.settings.EngineSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens stores without configuration files or dependency injection.
 *
 * <pre>{@code
 * try (KVStore store = Engines.open(KVStore.class, "badger", Map.of("path", "data/chain"))) {
 *     store.put(key, value);
 * }
 * }</pre>
 */
public final class Engines {

    private static final Map<Class<? extends Store>, StoreKind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(KVStore.class, StoreKind.KEY_VALUE);
        KINDS.put(CacheStore.class, StoreKind.CACHE);
        KINDS.put(FileStore.class, StoreKind.FILE);
        KINDS.put(TempStore.class, StoreKind.TEMP);
        KINDS.put(SQLStore.class, StoreKind.SQL);
    }

    private Engines() {
    }

    /** The engines that can be seen from here. */
    public static EngineRegistry discover() {
        return EngineRegistry.discover();
    }

    /** The kind of a store interface. */
    public static StoreKind kindOf(Class<? extends Store> type) {
        StoreKind kind = KINDS.get(type);
        if (kind == null) {
            throw new InvalidOperationException(ErrorCode.INVALID_STORAGE_TYPE, type.getName()
                    + " is not a kind of store; ask for one of " + KINDS.keySet().stream().map(Class::getName).toList());
        }
        return kind;
    }

    /**
     * Opens a store by the id of its engine; relative paths resolve against the working directory. Close it.
     *
     * @param type the interface wanted
     * @param engineId id or alias of an engine that can be seen from here
     * @param settings values of the engine's settings, nested maps or dotted paths
     * @throws io.sett.api.error.ConfigurationException when there is no such engine or a setting is wrong
     */
    public static <S extends Store> S open(Class<S> type, String engineId, Map<String, ?> settings) {
        StoreKind kind = kindOf(type);
        EngineProvider engine = discover().require(engineId, kind);
        EngineSettings checked = EngineSettings.of("the settings of engine '" + engine.id() + "'",
                engine.schema(kind), settings);
        return open(type, engine, EngineContext.of(engine.id(), kind, checked));
    }

    /** Opens a store of an engine at hand. Close it. */
    public static <S extends Store> S open(Class<S> type, EngineProvider engine, EngineContext context) {
        Store store = engine.open(context.kind(), context);
        if (!type.isInstance(store)) {
            store.close();
            throw new InvalidOperationException(ErrorCode.INVALID_STORAGE_TYPE, "engine '" + engine.id() + "' opened a "
                    + store.getClass().getName() + ", which is no " + type.getName());
        }
        return type.cast(store);
    }
}
