// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import static io.sett.provider.TestConfigs.around;
import static io.sett.provider.TestConfigs.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.name.Names;
import io.sett.api.StorageProvider;
import io.sett.api.StoreInfo;
import io.sett.api.StoreSettings;
import io.sett.api.cache.CacheStore;
import io.sett.api.common.Health;
import io.sett.api.file.FileStore;
import io.sett.api.file.TempStore;
import io.sett.api.kv.KVStore;
import io.sett.api.sql.SQLStore;
import io.sett.spi.EngineRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engines of this library, through the provider alone. */
class RealEnginesTest {

    private static final byte[] KEY = "key".getBytes(UTF_8);

    @TempDir
    Path dir;

    private StorageProviders providers(String kvEngine) throws IOException {
        write(dir, "storage.yaml", "storage:", "  data_root: " + dir, "  memory_budget: 64MB", "  enabled_stores:",
                "    file: true", "    sqlite: true", "    temp: true", "  default_engines:",
                "    kv_store: " + kvEngine, "  instances:", "    kv_store:", "      chain:", "      index:",
                "    cache_store:", "      hot:", "        shards: 16");
        return StorageProviders.from(Path.of("storage.yaml")).withEngines(EngineRegistry.discover())
                .withSurroundings(around(dir));
    }

    @ParameterizedTest
    @ValueSource(strings = {"badger", "lsm", "memory", "sqlite"})
    void oneLineSwapsTheEngineOfNamedStores(String engine) throws IOException {
        try (StorageProvider storage = providers(engine).start()) {
            KVStore chain = storage.getKVStore("chain");
            KVStore index = storage.getKVStore("index");
            KVStore made = storage.createKVStore("made", StoreSettings.empty());
            KVStore plain = storage.getKVStore();
            int number = 0;
            for (KVStore store : new KVStore[] {chain, index, made, plain}) {
                assertThat(store.get(KEY)).isEmpty();
                store.put(KEY, new byte[] {(byte) ++number});
            }
            assertThat(chain.getOrThrow(KEY)).containsExactly(1);
            assertThat(index.getOrThrow(KEY)).containsExactly(2);
            assertThat(made.getOrThrow(KEY)).containsExactly(3);
            assertThat(plain.getOrThrow(KEY)).containsExactly(4);
            assertThat(storage.stores()).extracting(StoreInfo::id).containsExactly("kv_store/chain",
                    "kv_store/default", "kv_store/index", "kv_store/made");
            assertThat(storage.health().status()).isEqualTo(Health.Status.UP);
            assertThat(storage.metrics()).hasSize(4);
        }
        if (!engine.equals("memory")) {
            try (StorageProvider again = providers(engine).start()) {
                assertThat(again.getKVStore("chain").getOrThrow(KEY)).containsExactly(1);
                assertThat(again.getKVStore().getOrThrow(KEY)).containsExactly(4);
            }
        }
    }

    @Test
    void everyKindIsThere() throws IOException {
        try (StorageProvider storage = providers("sqlite").start()) {
            storage.getKVStore().put(KEY, KEY);
            storage.getCacheStore("hot").set("k", KEY);
            assertThat(storage.getCacheStore("hot").get("k")).hasValue(KEY);
            assertThat(storage.getFileStore().isOpen()).isTrue();
            assertThat(storage.getTempStore().isOpen()).isTrue();
            assertThat(storage.getSQLStore().isOpen()).isTrue();
            assertThat(storage.getBadgerStore("default").engine()).isEqualTo("badger");
            assertThat(storage.stores()).hasSize(6).allSatisfy(store -> assertThat(store.health().status())
                    .isEqualTo(Health.Status.UP));
            assertThat(storage.stores()).filteredOn(store -> store.location().isPresent())
                    .allSatisfy(store -> assertThat(Path.of(store.location().orElseThrow())).exists());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "kvfile"})
    void oneLineSwapsTheEngineOfFiles(String engine) throws IOException {
        write(dir, "storage.yaml", "storage:", "  data_root: " + dir, "  memory_budget: 64MB", "  enabled_stores:",
                "    file: true", "  default_engines:", "    file_store: " + engine, "  instances:", "    file_store:",
                "      reports:");
        StorageProviders providers = StorageProviders.from(Path.of("storage.yaml"))
                .withEngines(EngineRegistry.discover()).withSurroundings(around(dir));
        try (StorageProvider storage = providers.start()) {
            storage.getFileStore().save("a", KEY);
            storage.getFileStore("reports").save("a", new byte[] {1});
            assertThat(storage.getFileStore("reports").engine()).isEqualTo(engine);
        }
        try (StorageProvider storage = providers.start()) {
            assertThat(storage.getFileStore().load("a")).isEqualTo(KEY);
            assertThat(storage.getFileStore("reports").load("a")).containsExactly(1);
        }
    }

    @Test
    void temporaryFilesThatAreSwitchedOffNameTheSwitchAndMakeNothing() throws IOException {
        write(dir, "storage.yaml", "storage:", "  data_root: " + dir.resolve("data"), "  enabled_stores:",
                "    temp: false");
        try (StorageProvider storage = StorageProviders.from(Path.of("storage.yaml"))
                .withEngines(EngineRegistry.discover()).withSurroundings(around(dir)).start()) {
            assertThatThrownBy(storage::getTempStore).hasMessageContaining("storage.enabled_stores.temp");
            assertThat(dir.resolve("data")).doesNotExist();
        }
    }

    @Test
    void storesOfEveryKindAreMadeInCode() throws IOException {
        try (StorageProvider storage = providers("memory").start()) {
            FileStore files = storage.createFileStore("made-files", StoreSettings.of(Map.of("max_files", 1)));
            files.save("a", KEY);
            assertThatThrownBy(() -> files.save("b", KEY)).hasMessageContaining("max_files is 1");
            assertThat(storage.getFileStore("made-files")).isSameAs(files);
            TempStore temp = storage.createTempStore("made-temp", StoreSettings.of(Map.of("max_size", 10)));
            assertThatThrownBy(() -> temp.create("a", "", new byte[11])).hasMessageContaining("max_size is 10");
            SQLStore sql = storage.createSQLStore("made-sql", StoreSettings.empty());
            sql.execute("CREATE TABLE t (x)");
            assertThat(sql.isOpen()).isTrue();
            assertThat(storage.stores()).extracting(StoreInfo::id).containsExactly("file_store/made-files",
                    "sql_store/made-sql", "temp_store/made-temp");
        }
    }

    @Test
    void guiceHandsOutRealStores() throws IOException {
        Injector injector = Guice.createInjector(StorageModule.of(providers("badger")));
        try (StorageProvider storage = injector.getInstance(StorageProvider.class)) {
            KVStore chain = injector.getInstance(Key.get(KVStore.class, Names.named("chain")));
            chain.put(KEY, KEY);
            assertThat(storage.getKVStore("chain")).isSameAs(chain);
            assertThat(injector.getInstance(CacheStore.class)).isSameAs(storage.getCacheStore());
        }
    }
}
