// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.KVStore;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineRegistryTest {

    private static final SpiVersion V1 = new SpiVersion(1, 0);

    @Test
    void findsByIdAndAlias() {
        EngineRegistry registry = new EngineRegistry().register(new FakeEngine("badger", Set.of("lsm"), V1));
        assertThat(registry.find("lsm")).isEqualTo(registry.find("badger")).isPresent();
        assertThat(registry.find("other")).isEmpty();
        assertThat(registry.require("lsm", StoreKind.KEY_VALUE).id()).isEqualTo("badger");
    }

    @Test
    void twoEnginesOfOneIdAreRefusedNamingBothPlaces() {
        EngineRegistry registry = new EngineRegistry().register(new FakeEngine("badger", Set.of(), V1));
        assertThatThrownBy(() -> registry.register(new FakeEngine.Other("other", Set.of("badger"), V1)))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("two engines have the id 'badger'")
                .hasMessageContaining(FakeEngine.class.getName()).hasMessageContaining(FakeEngine.Other.class.getName())
                .hasMessageContaining("test-classes").hasMessageContaining("remove one of the two jars");
    }

    @Test
    void theSameEngineFoundTwiceIsOne() {
        EngineRegistry registry = new EngineRegistry().register(new FakeEngine("a", Set.of(), V1))
                .register(new FakeEngine("a", Set.of(), V1));
        assertThat(registry.engines()).hasSize(1);
    }

    @Test
    void anUnknownIdListsWhatThereIsAndWhatToAdd() {
        EngineRegistry registry = new EngineRegistry().register(new FakeEngine("badgr", Set.of(), V1));
        assertThatThrownBy(() -> registry.require("badger", StoreKind.KEY_VALUE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no engine 'badger' for a key-value store")
                .hasMessageContaining("did you mean 'badgr'?").hasMessageContaining("io.sett:engine-lsm")
                .hasMessageContaining("--bind-services")
                .extracting(thrown -> ((ConfigurationException) thrown).code())
                .isEqualTo(ErrorCode.STORAGE_ENGINE_NOT_FOUND);
    }

    @Test
    void anEngineOfAnotherKindNamesThoseThatFit() {
        EngineRegistry registry = new EngineRegistry().register(new FakeEngine("a", Set.of(), V1));
        assertThatThrownBy(() -> registry.require("a", StoreKind.CACHE)).hasMessageContaining("offers no cache")
                .hasMessageContaining("key-value store");
    }

    @Test
    void anEngineOfANewerSpiIsRefusedByRegistration() {
        assertThatThrownBy(() -> new EngineRegistry().register(new FakeEngine("late", Set.of(), new SpiVersion(2, 0))))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("built for SPI 2.0")
                .hasMessageContaining("accepts 1.0 to 1.0");
    }

    @Test
    void brokenServicesAreListedAndDoNotHideTheOthers(@TempDir Path directory) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(EngineProvider.class.getName()), String.join("\n",
                FakeEngine.Broken.class.getName(), "org.example.Absent", FakeEngine.Newer.class.getName(),
                FakeEngine.Fine.class.getName()));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            EngineRegistry registry = new EngineRegistry().addClassLoader(loader);
            assertThat(registry.engines()).extracting(EngineProvider::id).containsExactly("fine");
            String report = registry.report().describe();
            assertThat(report).contains("engine 'fine' (also good)").contains("the driver of this engine is missing")
                    .contains("org.example.Absent").contains("built for SPI 2.0");
            assertThatThrownBy(() -> registry.require("broken", StoreKind.KEY_VALUE))
                    .hasMessageContaining("the driver of this engine is missing");
        }
    }

    @Test
    void onlyTheFiveInterfacesAreKinds() {
        assertThat(Engines.kindOf(KVStore.class)).isEqualTo(StoreKind.KEY_VALUE);
        assertThatThrownBy(() -> Engines.kindOf(Store.class)).isInstanceOf(InvalidOperationException.class)
                .hasMessageContaining(KVStore.class.getName());
    }

    @Test
    void openingByAnUnknownIdSaysSo() {
        assertThatThrownBy(() -> Engines.open(KVStore.class, "tape", Map.of()))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("no engine 'tape'");
    }
}
