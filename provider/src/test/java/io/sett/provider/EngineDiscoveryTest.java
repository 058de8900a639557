// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import static io.sett.provider.TestConfigs.around;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sett.api.EngineInfo;
import io.sett.api.StorageProvider;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.spi.EngineProvider;
import io.sett.spi.EngineRegistry;
import io.sett.spi.SpiVersion;
import io.sett.spi.settings.SettingsSchema;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that are found as services and cannot be used, as a user of the provider sees them. */
class EngineDiscoveryTest {

    /** Fails in its constructor. */
    public static final class Broken extends ProbeEngine {
        public Broken() {
            super("broken", Set.of(), StoreKind.KEY_VALUE);
            throw new IllegalStateException("native library is missing");
        }
    }

    /** Was built for the future. */
    public static final class Newer extends ProbeEngine {
        public Newer() {
            super("newer", Set.of(), StoreKind.KEY_VALUE);
        }

        @Override
        public SpiVersion spiVersion() {
            return new SpiVersion(2, 0);
        }
    }

    /** Works. */
    public static final class Working extends ProbeEngine {
        public Working() {
            super("working", Set.of("works"), StoreKind.KEY_VALUE);
        }
    }

    /** Claims the id of another engine. */
    public static final class Double extends ProbeEngine {
        public Double() {
            super("works", Set.of(), StoreKind.KEY_VALUE);
        }
    }

    @TempDir
    Path dir;

    private StorageProviders providers(Map<String, ?> settings, Object... services) throws IOException {
        Path folder = Files.createDirectories(dir.resolve("META-INF/services"));
        StringBuilder names = new StringBuilder();
        for (Object service : services) {
            names.append(service instanceof Class<?> type ? type.getName() : service).append('\n');
        }
        Files.writeString(folder.resolve(EngineProvider.class.getName()), names);
        URLClassLoader loader = new URLClassLoader(new URL[] {dir.toUri().toURL()},
                EngineDiscoveryTest.class.getClassLoader());
        return StorageProviders.from(settings).withSurroundings(around(dir))
                .withEngines(new EngineRegistry().addClassLoader(loader));
    }

    @Test
    void brokenEnginesDoNotHideTheOthers() throws IOException {
        StorageProviders providers = providers(Map.of("storage.default_engines.kv_store", "works"), Broken.class,
                Newer.class, "io.sett.absent.Engine", Working.class);
        try (StorageProvider storage = providers.start()) {
            assertThat(storage.getKVStore().engine()).isEqualTo("working");
            assertThat(storage.engines()).filteredOn(engine -> engine.failure().isPresent())
                    .extracting(engine -> engine.failure().orElseThrow())
                    .anyMatch(reason -> reason.contains("native library is missing"))
                    .anyMatch(reason -> reason.contains("was built for SPI 2.0, this is SPI 1.0"))
                    .anyMatch(reason -> reason.contains("io.sett.absent.Engine"));
            assertThat(storage.engines()).filteredOn(EngineInfo::usable).extracting(EngineInfo::id)
                    .contains("working");
        }
    }

    @Test
    void askingForABrokenEngineSaysWhatIsWrongWithIt() throws IOException {
        for (Map.Entry<String, String> one : Map.of("broken", "native library is missing", "newer",
                "was built for SPI 2.0, this is SPI 1.0 and accepts 1.0 to 1.0").entrySet()) {
            StorageProviders providers = providers(Map.of("storage.default_engines.kv_store", one.getKey()),
                    Broken.class, Newer.class, Working.class);
            ConfigurationException error = catchThrowableOfType(ConfigurationException.class, providers::start);
            assertThat(error.code()).isEqualTo(ErrorCode.STORAGE_ENGINE_NOT_FOUND);
            assertThat(error).hasMessageContaining("no engine '" + one.getKey() + "' for a key-value store")
                    .hasMessageContaining("not usable: ").hasMessageContaining(one.getValue())
                    .hasMessageContaining("engine 'working' (also works)");
        }
    }

    @Test
    void anEngineThatCannotTellItsSettingsIsNamed() throws IOException {
        ProbeEngine silent = new ProbeEngine("silent", Set.of(), StoreKind.KEY_VALUE) {
            @Override
            public SettingsSchema schema(StoreKind kind) {
                throw new NoClassDefFoundError("com/example/Codec");
            }
        };
        assertThatThrownBy(() -> providers(Map.of()).withEngine(silent).start())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the engine 'silent' (io.sett:probe, class ")
                .hasMessageContaining("cannot tell its settings: java.lang.NoClassDefFoundError: com/example/Codec");
    }

    @Test
    void twoEnginesOfOneIdAreRefusedWithBothPlaces() {
        assertThatThrownBy(() -> providers(Map.of(), Working.class, Double.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("two engines have the id 'works'")
                .hasMessageContaining(Working.class.getName()).hasMessageContaining(Double.class.getName())
                .hasMessageContaining("remove one of the two jars");
    }
}
