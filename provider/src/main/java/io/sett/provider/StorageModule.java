// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.name.Names;
import io.sett.api.StorageProvider;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.provider.internal.store.StoreTypes;
import java.nio.file.Path;

/**
 * Binds the storage provider and its stores for Guice.
 *
 * <p>Bound are {@link StorageProvider} (one, started when first asked for), {@link StorageConfig}, each interface of a
 * kind of store for the store {@code default}, plain and with {@code @Named("default")}, and each configured store
 * under {@code @Named(<its name>)}. A store is opened when it is first injected, and is the very object that the
 * provider hands out. <b>Close</b> the provider at the end: {@code injector.getInstance(StorageProvider.class).close()}
 * closes all stores in the reverse order of their opening.
 *
 * <p>The configuration is read when the injector is made; its problems are a {@code CreationException} with the
 * {@code ConfigurationException} as cause. All bindings are lambdas: no module has to be opened to Guice for them.
 */
@SuppressWarnings("exports")
public final class StorageModule extends AbstractModule {

    private final StorageProviders providers;

    /** Configuration from wherever it is found, see {@link StorageProviders#standard()}. */
    public StorageModule() {
        this(StorageProviders.standard());
    }

    private StorageModule(StorageProviders providers) {
        this.providers = providers;
    }

    /** Configuration from a file. */
    public static StorageModule from(Path file) {
        return new StorageModule(StorageProviders.from(file));
    }

    /** Whatever a builder says. */
    public static StorageModule of(StorageProviders providers) {
        return new StorageModule(providers);
    }

    @Override
    protected void configure() {
        StorageConfig config = providers.load();
        bind(StorageConfig.class).toInstance(config);
        Provider<StorageProvider> started = () -> {
            StorageProvider provider = providers.build(config);
            provider.start();
            return provider;
        };
        bind(StorageProvider.class).toProvider(started).in(Singleton.class);
        Provider<StorageProvider> storage = getProvider(StorageProvider.class);
        for (StoreKind kind : StoreKind.values()) {
            Class<? extends Store> type = StoreTypes.of(kind);
            bindStore(type, Key.get(type), StorageProvider.DEFAULT_NAME, storage);
            bindNamed(type, StorageProvider.DEFAULT_NAME, storage);
        }
        config.instances().stream().filter(instance -> !instance.name().equals(StorageProvider.DEFAULT_NAME))
                .forEach(instance -> bindNamed(StoreTypes.of(instance.kind()), instance.name(), storage));
    }

    private <S extends Store> void bindNamed(Class<S> type, String name, Provider<StorageProvider> storage) {
        bindStore(type, Key.get(type, Names.named(name)), name, storage);
    }

    private <S extends Store> void bindStore(Class<S> type, Key<? extends Store> key, String name,
            Provider<StorageProvider> storage) {
        @SuppressWarnings("unchecked")
        Key<S> typed = (Key<S>) key;
        Provider<S> provider = () -> storage.get().get(type, name);
        bind(typed).toProvider(provider);
    }
}
