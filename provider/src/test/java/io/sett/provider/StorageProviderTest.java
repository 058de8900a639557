// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import static io.sett.provider.TestConfigs.around;
import static io.sett.provider.TestConfigs.file;
import static io.sett.provider.TestConfigs.registry;
import static io.sett.provider.TestConfigs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sett.api.EngineInfo;
import io.sett.api.StorageProvider;
import io.sett.api.StoreInfo;
import io.sett.api.StoreSettings;
import io.sett.api.cache.CacheStore;
import io.sett.api.common.Health;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.event.EventType;
import io.sett.api.event.StorageEvent;
import io.sett.api.kv.KVStore;
import io.sett.spi.HandleTracking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores by name: opening once, kinds, switches, closing. */
class StorageProviderTest {

    @TempDir
    Path dir;

    private final ProbeEngine badger = ProbeEngine.badger();
    private final ProbeEngine memory = ProbeEngine.memory();
    private final ProbeEngine file = new ProbeEngine("file", Set.of(), StoreKind.FILE);

    private StorageProviders configured(Map<String, ?> settings) {
        return StorageProviders.from(settings).withEngines(registry(badger, memory, file))
                .withSurroundings(around(dir));
    }

    private static void fails(ErrorCode code, ThrowingCallable call, String... parts) {
        StorageException error = catchThrowableOfType(StorageException.class, call);
        assertThat(error).isNotNull();
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.getMessage()).contains(parts);
    }

    @Test
    void nothingWorksBeforeTheStartAndAfterTheEnd() {
        StorageProvider storage = configured(Map.of()).build();
        assertThat(storage.isStarted()).isFalse();
        assertThat(storage.health().status()).isEqualTo(Health.Status.DOWN);
        fails(ErrorCode.PROVIDER_NOT_INITIALIZED, storage::getKVStore, "has not been started", "call start()");
        fails(ErrorCode.PROVIDER_NOT_INITIALIZED, storage::stores, "call start()");
        storage.start();
        storage.start();
        assertThat(storage.isStarted()).isTrue();
        KVStore store = storage.getKVStore();
        storage.close();
        storage.close();
        assertThat(ProbeEngine.of(store).closings()).isEqualTo(1);
        fails(ErrorCode.PROVIDER_NOT_INITIALIZED, storage::getKVStore, "is closed", "start a new provider");
        fails(ErrorCode.PROVIDER_NOT_INITIALIZED, storage::start, "is closed");
        fails(ErrorCode.PROVIDER_NOT_INITIALIZED, () -> storage.createKVStore("x", StoreSettings.empty()), "closed");
    }

    @Test
    void oneNameIsOneStore() {
        try (StorageProvider storage = configured(Map.of("storage.instances.kv_store.chain.engine", "lsm")).start()) {
            assertThat(badger.opened).isEmpty();
            assertThat(storage.getKVStore("chain")).isSameAs(storage.getKVStore("chain"))
                    .isSameAs(storage.get(KVStore.class, "chain")).isSameAs(storage.getBadgerStore("chain"));
            assertThat(storage.getKVStore()).isSameAs(storage.getBadgerStore("default"))
                    .isNotSameAs(storage.getKVStore("chain"));
            assertThat(storage.getCacheStore()).isSameAs(storage.getMemoryStore("default"));
            assertThat(badger.opened).hasSize(2);
        }
    }

    @Test
    void thirtyTwoThreadsOpenAStoreOnce() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(32);
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try (StorageProvider storage = configured(Map.of()).start()) {
            Callable<KVStore> task = () -> {
                barrier.await();
                return storage.getKVStore();
            };
            List<Future<KVStore>> results = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                results.add(threads.submit(task));
            }
            KVStore first = results.get(0).get();
            for (Future<KVStore> result : results) {
                assertThat(result.get()).isSameAs(first);
            }
            assertThat(badger.opened).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void unknownNamesAreListedWithThoseThatExist() {
        try (StorageProvider storage = configured(Map.of("storage.instances.kv_store.chain", Map.of())).start()) {
            fails(ErrorCode.STORAGE_ENGINE_NOT_FOUND, () -> storage.getKVStore("chian"),
                    "no key-value store is called 'chian'; did you mean 'chain'?", "Known: [chain, default]",
                    "Add storage.instances.kv_store.chian");
            fails(ErrorCode.INVALID_NAME, () -> storage.getKVStore("../x"), "'../x' cannot be the name of a store");
            fails(ErrorCode.INVALID_NAME, () -> storage.getKVStore("default@badger"), "cannot be the name");
        }
    }

    @Test
    void aNameOfAnotherKindIsRefused() {
        try (StorageProvider storage = configured(Map.of("storage.instances.cache_store.c.engine", "memory")).start()) {
            fails(ErrorCode.INVALID_STORAGE_TYPE, () -> storage.getKVStore("c"),
                    "'c' is the name of a cache, not of a key-value store");
            storage.createKVStore("k", StoreSettings.empty());
            fails(ErrorCode.INVALID_STORAGE_TYPE, () -> storage.getCacheStore("k"),
                    "'k' is the name of a key-value store, not of a cache");
            fails(ErrorCode.INVALID_STORAGE_TYPE, () -> storage.get(Store.class, "c"), "is not a kind of store");
        }
    }

    @Test
    void theGetterOfAnEngineRefusesStoresOfOthers() {
        try (StorageProvider storage = configured(Map.of("storage.default_engines.kv_store", "memory",
                "storage.instances.kv_store.fast.engine", "memory")).start()) {
            fails(ErrorCode.INVALID_STORAGE_TYPE, () -> storage.getBadgerStore("fast"),
                    "the key-value store 'fast' is on the engine 'memory' (storage.instances.kv_store.fast.engine",
                    "not on 'badger'");
            assertThat(storage.getKVStore().engine()).isEqualTo("memory");
            KVStore onBadger = storage.getBadgerStore("default");
            assertThat(onBadger.engine()).isEqualTo("badger");
            assertThat(storage.getBadgerStore("default")).isSameAs(onBadger);
            assertThat(badger.settingsOf("default@badger").get("path").raw()).isEqualTo("\"./data/probe\"");
            assertThat(storage.stores()).extracting(StoreInfo::id)
                    .containsExactly("kv_store/default", "kv_store/default@badger");
        }
    }

    @Test
    void switchedOffEnginesNameTheSwitch() throws IOException {
        write(dir, "storage.yaml", "storage:", "  enabled_stores:", "    badger: false", "    file: false",
                "  default_engines:", "    file_store: file");
        try (StorageProvider storage = file(dir, "storage.yaml", badger, memory, file).start()) {
            fails(ErrorCode.STORAGE_ENGINE_NOT_FOUND, () -> storage.getBadgerStore("default"),
                    "the engine 'badger' is switched off by storage.enabled_stores.badger = false (storage.yaml: 3)",
                    "Set storage.enabled_stores.badger = true");
            fails(ErrorCode.STORAGE_ENGINE_NOT_FOUND, storage::getFileStore,
                    "storage.enabled_stores.file = false (storage.yaml: 4)", "the file store 'default'");
            fails(ErrorCode.STORAGE_ENGINE_NOT_FOUND, storage::getSQLStore,
                    "storage.enabled_stores.sqlite = false (default)");
            assertThat(storage.engines()).filteredOn(EngineInfo::enabled).extracting(EngineInfo::id)
                    .containsExactly("memory");
        }
    }

    @Test
    void anEngineThatIsNotThereNamesItsArtifact() {
        try (StorageProvider storage = configured(Map.of("storage.enabled_stores.sqlite", true)).start()) {
            fails(ErrorCode.STORAGE_ENGINE_NOT_FOUND, storage::getSQLStore, "no engine 'sqlite' for a SQL store",
                    "engine 'badger' (also lsm) for key-value store", "io.sett:engine-sqlite",
                    "--bind-services", "storage.default_engines.sql_store (default)");
        }
    }

    @Test
    void createdStoresAreIsolatedAndTheirNamesTaken() {
        try (StorageProvider storage = configured(Map.of("storage.badger.path", "base/db",
                "storage.instances.kv_store.known", Map.of())).start()) {
            KVStore chain = storage.createKVStore("chain", StoreSettings.empty().with("mem_table_size", "1MB"));
            KVStore index = storage.createBadgerStore("index", StoreSettings.empty().with("path", "elsewhere"));
            assertThat(badger.settingsOf("chain").get("path").raw()).isEqualTo("\"base/db-chain\"");
            assertThat(badger.settingsOf("chain").get("mem_table_size").raw()).isEqualTo("1048576");
            assertThat(badger.settingsOf("index").get("path").raw()).isEqualTo("\"elsewhere\"");
            storage.getKVStore();
            assertThat(badger.settingsOf("default").get("path").raw()).isEqualTo("\"base/db\"");
            storage.getKVStore("known");
            assertThat(badger.settingsOf("known").get("path").origin())
                    .isEqualTo("the map given by the program, with '-known' for this store");
            assertThat(storage.getKVStore("chain")).isSameAs(chain);
            for (String taken : List.of("chain", "known", "default")) {
                fails(ErrorCode.INVALID_CONFIG, () -> storage.createKVStore(taken, StoreSettings.empty()),
                        "the name '" + taken + "' is taken by a key-value store");
            }
            fails(ErrorCode.INVALID_CONFIG, () -> storage.createCacheStore("chain", StoreSettings.empty()),
                    "'chain' is taken by a key-value store");
            assertThat(storage.stores()).extracting(info -> info.location().orElseThrow()).contains(
                    dir.resolve("elsewhere").toString(), dir.resolve("base/db-chain").toString());
            index.close();
            fails(ErrorCode.STORAGE_ENGINE_NOT_FOUND, () -> storage.getKVStore("index"), "called 'index'");
            assertThat(storage.createKVStore("index", StoreSettings.empty())).isNotSameAs(index);
        }
    }

    @Test
    void settingsOfCreatedStoresAreCheckedAllAtOnce() {
        try (StorageProvider storage = configured(Map.of()).start()) {
            fails(ErrorCode.INVALID_CONFIG, () -> storage.createKVStore("x", StoreSettings.empty()
                    .with("mem_table_size", 1).with("sync_writs", true)), "has 2 problems",
                    "storage.instances.kv_store.x.mem_table_size = 1 (set in code)",
                    "storage.instances.kv_store.x.sync_writs (set in code) is not a known key",
                    "did you mean storage.instances.kv_store.x.sync_writes?");
            fails(ErrorCode.STORAGE_ENGINE_NOT_FOUND, () -> storage.createKVStore("x", StoreSettings.empty()
                    .with("engine", "nope")), "no engine 'nope'", "the settings given to create 'x'");
            assertThat(storage.createKVStore("x", StoreSettings.empty())).isNotNull();
        }
    }

    @Test
    void aStoreThatFailsToOpenCanBeTriedAgain() {
        badger.whenOpening = context -> {
            throw new IllegalStateException("disk gone");
        };
        try (StorageProvider storage = configured(Map.of()).start()) {
            assertThatThrownBy(storage::getKVStore).hasMessage("disk gone");
            assertThatThrownBy(() -> storage.createKVStore("x", StoreSettings.empty())).hasMessage("disk gone");
            assertThat(storage.stores()).isEmpty();
            badger.whenOpening = context -> { };
            assertThat(storage.getKVStore()).isNotNull();
            assertThat(storage.createKVStore("x", StoreSettings.empty())).isNotNull();
        }
    }

    @Test
    void aStoreThatWasClosedEarlierIsOpenedAgain() {
        try (StorageProvider storage = configured(Map.of()).start()) {
            KVStore first = storage.getKVStore();
            first.close();
            assertThat(storage.stores()).isEmpty();
            assertThat(storage.getKVStore()).isNotSameAs(first);
            assertThat(storage.stores()).hasSize(1);
        }
        assertThat(badger.opened).extracting(ProbeStore::closings).containsExactly(1, 1);
    }

    @Test
    void closingGoesBackwardsAndGoesOn() {
        StorageProvider storage = configured(Map.of()).start();
        storage.getKVStore();
        storage.createKVStore("second", StoreSettings.empty());
        storage.createKVStore("third", StoreSettings.empty());
        badger.whenClosing = store -> {
            if (!store.context().name().equals("default")) {
                throw new IllegalStateException(store.context().name() + " failed");
            }
        };
        assertThatThrownBy(storage::close).hasMessage("third failed")
                .satisfies(first -> assertThat(first.getSuppressed()).singleElement()
                        .satisfies(other -> assertThat(other).hasMessage("second failed")));
        assertThat(badger.closedNames).containsExactly("third", "second", "default");
        storage.close();
    }

    @Test
    void eagerStoresOpenAtTheStartAndNothingStaysOpenWhenOneFails() {
        StorageProvider storage = configured(Map.of("storage.instances.kv_store.a", Map.of("eager", true),
                "storage.instances.cache_store.b", Map.of("eager", true))).build();
        memory.whenOpening = context -> {
            throw new IllegalStateException("no memory");
        };
        assertThatThrownBy(storage::start).hasMessage("no memory");
        assertThat(storage.isStarted()).isFalse();
        assertThat(badger.opened).allSatisfy(store -> assertThat(store.closings()).isEqualTo(1));
        memory.whenOpening = context -> { };
        storage.start();
        assertThat(storage.stores()).extracting(StoreInfo::id).containsExactly("cache_store/b", "kv_store/a");
        storage.close();
    }

    @Test
    void storesShareTheirSurroundings() {
        try (StorageProvider storage = configured(Map.of("storage.memory_budget", "32MB", "storage.data_root", "root",
                "storage.handle_tracking", "full")).start()) {
            storage.getKVStore();
            CacheStore cache = storage.getCacheStore();
            assertThat(ProbeEngine.of(cache).context().memory().limitBytes()).isEqualTo(32L << 20);
            assertThat(ProbeEngine.of(cache).context().memory())
                    .isSameAs(badger.opened.get(0).context().memory());
            assertThat(ProbeEngine.of(cache).context().dataRoot()).isEqualTo(dir.resolve("root"));
            assertThat(ProbeEngine.of(cache).context().handles()).isEqualTo(HandleTracking.FULL);
        }
    }

    @Test
    void numbersAndHealthOfAllStoresAreThere() {
        try (StorageProvider storage = configured(Map.of()).start()) {
            storage.getKVStore();
            storage.getCacheStore();
            assertThat(storage.metrics()).containsOnlyKeys("cache_store/default", "kv_store/default");
            assertThat(storage.metrics().get("kv_store/default").counter("opened_total")).isEqualTo(1);
            assertThat(storage.health().status()).isEqualTo(Health.Status.UP);
            assertThat(storage.health().checks()).extracting(Health.Check::name)
                    .contains("kv_store/default: open", "cache_store/default: open");
            assertThat(storage.engines()).extracting(EngineInfo::id).containsExactly("badger", "file", "memory");
            assertThat(storage.engines().get(0).defaultFor()).containsExactly(StoreKind.KEY_VALUE);
            assertThat(storage.describeConfiguration())
                    .contains("storage.badger.path = \"./data/probe\"  # default", "storage.strict = true  # default");
        }
    }

    @Test
    void eventsOfAllStoresReachTheListener() {
        List<StorageEvent> heard = new CopyOnWriteArrayList<>();
        StorageProvider storage = configured(Map.of()).build();
        storage.addListener(event -> {
            throw new IllegalStateException("a bad listener");
        });
        storage.addListener(heard::add);
        storage.start();
        ProbeStore probe = ProbeEngine.of(storage.getKVStore());
        probe.context().events().onEvent(StorageEvent.of(probe.context().clock().instant(), "default",
                StoreKind.KEY_VALUE, EventType.STORE_CLOSED, "told by the engine", Map.of()));
        storage.close();
        assertThat(heard).extracting(StorageEvent::type)
                .containsExactly(EventType.STORE_OPENED, EventType.STORE_CLOSED);
    }
}
