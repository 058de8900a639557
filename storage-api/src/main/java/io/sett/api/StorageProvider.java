// SPDX-License-Identifier: Apache-2.0
package io.sett.api;

import io.sett.api.cache.CacheStore;
import io.sett.api.common.Health;
import io.sett.api.common.Metrics;
import io.sett.api.common.Registration;
import io.sett.api.common.Store;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.event.StorageEventListener;
import io.sett.api.file.FileStore;
import io.sett.api.file.TempStore;
import io.sett.api.kv.KVStore;
import io.sett.api.sql.SQLStore;
import java.util.List;
import java.util.Map;

/**
 * Opens stores by name as the configuration says, keeps them, and closes them.
 *
 * <p><b>Names.</b> A name belongs to one store of one kind; only {@value #DEFAULT_NAME} may be used for each kind. A
 * name is at most 63 letters, digits, {@code -} and {@code _}, a letter or digit first; otherwise {@code INVALID_NAME}.
 * A store is known when it is configured ({@code storage.instances.<kind>.<name>}), has been created by
 * {@code create…}, or is called {@value #DEFAULT_NAME}, which takes the default engine of its kind with that engine's
 * section.
 *
 * <p><b>Threads.</b> Every method may be called by any number of threads; a store is opened once, by the first who
 * asks, and all get the same object. <b>Ownership.</b> The provider closes what it opened. Whoever closes a store
 * earlier frees its name; the next {@code get} opens it again when it is configured.
 *
 * <p><b>Errors of the getters and creators</b>
 * <ul>
 * <li>{@link ClosedException} with {@link ErrorCode#PROVIDER_NOT_INITIALIZED}: before {@link #start} or after
 * {@link #close};</li>
 * <li>{@link ConfigurationException} with {@link ErrorCode#STORAGE_ENGINE_NOT_FOUND}: nothing is known under the name,
 * the engine does not exist, does not offer that kind of store, or is switched off; the message lists what there is and
 * names the key that is in the way;</li>
 * <li>{@link InvalidOperationException} with {@link ErrorCode#INVALID_STORAGE_TYPE}: the name belongs to a store of
 * another kind;</li>
 * <li>{@link ConfigurationException} with {@link ErrorCode#INVALID_CONFIG}: settings that are not allowed, all of them
 * listed; for creators also a name that is taken;</li>
 * <li>whatever the opening of the store throws. Nothing stays registered then, and the next call tries again.</li>
 * </ul>
 */
public interface StorageProvider extends AutoCloseable {

    /** The name of the store that the getters without a name hand out. */
    String DEFAULT_NAME = "default";

    /**
     * Reads and checks the configuration and finds the engines. Opens no store but those marked {@code eager}.
     * Idempotent. After {@link #close} it throws with {@link ErrorCode#PROVIDER_NOT_INITIALIZED}.
     *
     * @throws ConfigurationException with all problems of the configuration at once
     */
    void start();

    /** Whether it has been started and not yet closed. */
    boolean isStarted();

    /**
     * The store of a name, opened if need be.
     *
     * @param type {@link KVStore}, {@link CacheStore}, {@link FileStore}, {@link TempStore} or {@link SQLStore}
     */
    <S extends Store> S get(Class<S> type, String name);

    /**
     * Makes and opens a store that the configuration does not know, under a name that is free. It is known under that
     * name until it or the provider is closed.
     *
     * @param type as for {@link #get}
     * @param settings laid over the configured section of the engine, which {@code engine} chooses
     */
    <S extends Store> S create(Class<S> type, String name, StoreSettings settings);

    /** The key-value store of a name, whatever its engine. */
    default KVStore getKVStore(String name) {
        return get(KVStore.class, name);
    }

    /** The key-value store named {@value #DEFAULT_NAME}. */
    default KVStore getKVStore() {
        return getKVStore(DEFAULT_NAME);
    }

    /**
     * The key-value store of a name on the engine {@code badger}, whichever engine is the default. The name
     * {@value #DEFAULT_NAME} opens that engine with its section.
     *
     * @throws InvalidOperationException also with {@link ErrorCode#INVALID_STORAGE_TYPE} when the name belongs to a
     *     key-value store on another engine
     */
    KVStore getBadgerStore(String name);

    /** The cache of a name, whatever its engine. */
    default CacheStore getCacheStore(String name) {
        return get(CacheStore.class, name);
    }

    /** The cache named {@value #DEFAULT_NAME}. */
    default CacheStore getCacheStore() {
        return getCacheStore(DEFAULT_NAME);
    }

    /**
     * The cache of a name on the engine {@code memory}, whichever engine is the default; otherwise as
     * {@link #getBadgerStore}.
     */
    CacheStore getMemoryStore(String name);

    /** The file store of a name. */
    default FileStore getFileStore(String name) {
        return get(FileStore.class, name);
    }

    /** The file store named {@value #DEFAULT_NAME}. */
    default FileStore getFileStore() {
        return getFileStore(DEFAULT_NAME);
    }

    /** The temporary store of a name. */
    default TempStore getTempStore(String name) {
        return get(TempStore.class, name);
    }

    /** The temporary store named {@value #DEFAULT_NAME}. */
    default TempStore getTempStore() {
        return getTempStore(DEFAULT_NAME);
    }

    /** The SQL store of a name. */
    default SQLStore getSQLStore(String name) {
        return get(SQLStore.class, name);
    }

    /** The SQL store named {@value #DEFAULT_NAME}. */
    default SQLStore getSQLStore() {
        return getSQLStore(DEFAULT_NAME);
    }

    /** Makes a key-value store, see {@link #create}. */
    default KVStore createKVStore(String name, StoreSettings settings) {
        return create(KVStore.class, name, settings);
    }

    /** Makes a key-value store on the engine {@code badger}, see {@link #create}. */
    default KVStore createBadgerStore(String name, StoreSettings settings) {
        return create(KVStore.class, name, settings.with("engine", "badger"));
    }

    /** Makes a cache, see {@link #create}. */
    default CacheStore createCacheStore(String name, StoreSettings settings) {
        return create(CacheStore.class, name, settings);
    }

    /** Makes a cache on the engine {@code memory}, see {@link #create}. */
    default CacheStore createMemoryStore(String name, StoreSettings settings) {
        return create(CacheStore.class, name, settings.with("engine", "memory"));
    }

    /** Makes a file store, see {@link #create}. */
    default FileStore createFileStore(String name, StoreSettings settings) {
        return create(FileStore.class, name, settings);
    }

    /** Makes a temporary store, see {@link #create}. */
    default TempStore createTempStore(String name, StoreSettings settings) {
        return create(TempStore.class, name, settings);
    }

    /** Makes a SQL store, see {@link #create}. */
    default SQLStore createSQLStore(String name, StoreSettings settings) {
        return create(SQLStore.class, name, settings);
    }

    /** The stores that are open now, sorted by {@link StoreInfo#id}. */
    List<StoreInfo> stores();

    /** Every engine that was found, also those that are switched off or cannot be used, sorted by id. */
    List<EngineInfo> engines();

    /** The numbers of every open store, by {@link StoreInfo#id}. Cheap. */
    Map<String, Metrics> metrics();

    /** How all open stores are doing together: as the worst of them. DOWN when not started. Cheap. */
    Health health();

    /** Tells a listener of the events of all stores, until the registration or the provider is closed. */
    Registration addListener(StorageEventListener listener);

    /**
     * The configuration in force, one line for each key, sorted: its value and where that came from (file and line,
     * environment, default). Secrets are not shown. For people; the form may change.
     */
    String describeConfiguration();

    /**
     * Closes all stores in the reverse order of their opening, then the engines. Goes on when one fails and throws the
     * first failure at the end, the others suppressed in it. Idempotent.
     */
    @Override
    void close();
}
