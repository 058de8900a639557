// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import static io.sett.provider.TestConfigs.around;
import static io.sett.provider.TestConfigs.registry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.name.Names;
import io.sett.api.StorageProvider;
import io.sett.api.cache.CacheStore;
import io.sett.api.error.ConfigurationException;
import io.sett.api.kv.KVStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageModuleTest {

    @TempDir
    Path dir;

    private final ProbeEngine badger = ProbeEngine.badger();
    private final ProbeEngine memory = ProbeEngine.memory();

    private Injector injector(Map<String, ?> settings) {
        return Guice.createInjector(StorageModule.of(StorageProviders.from(settings)
                .withEngines(registry(badger, memory)).withSurroundings(around(dir))));
    }

    @Test
    void guiceHandsOutTheStoresOfTheProvider() {
        Injector injector = injector(Map.of("storage.instances.kv_store.chain", Map.of(),
                "storage.instances.cache_store.hot", Map.of()));
        assertThat(badger.opened).isEmpty();
        StorageProvider storage = injector.getInstance(StorageProvider.class);
        assertThat(storage).isSameAs(injector.getInstance(StorageProvider.class));
        assertThat(storage.isStarted()).isTrue();
        KVStore chain = injector.getInstance(Key.get(KVStore.class, Names.named("chain")));
        assertThat(chain).isSameAs(storage.getKVStore("chain"));
        assertThat(injector.getInstance(Key.get(CacheStore.class, Names.named("hot"))))
                .isSameAs(storage.getCacheStore("hot"));
        assertThat(injector.getInstance(KVStore.class)).isSameAs(storage.getKVStore())
                .isSameAs(injector.getInstance(Key.get(KVStore.class, Names.named("default"))));
        assertThat(injector.getInstance(StorageConfig.class).instances()).hasSize(2);
        storage.close();
        assertThat(badger.closedNames).containsExactly("default", "chain");
    }

    @Test
    void problemsOfTheConfigurationAreTheCause() {
        assertThatThrownBy(() -> injector(Map.of("storage.badger.mem_table_size", 1)))
                .isInstanceOf(CreationException.class).hasCauseInstanceOf(ConfigurationException.class)
                .hasMessageContaining("storage.badger.mem_table_size = 1");
    }
}
