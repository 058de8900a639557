// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import static io.sett.provider.TestConfigs.around;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.spi.EngineRegistry;
import io.sett.spi.settings.EngineSettings;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every YAML block of the source documents loads with all engines, to the values it shows. */
class DocumentedConfigurationTest {

    private static final List<String> ROOT = List.of("enabled_stores", "default_engines", "performance");

    @TempDir
    Path dir;

    private static String block(String name) {
        try (InputStream in = DocumentedConfigurationTest.class.getResourceAsStream("/documents/" + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> storage(String yaml) {
        Object root = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return (Map<String, Object>) ((Map<String, Object>) root).get("storage");
    }

    private static Map<String, Object> flat(String prefix, Map<String, Object> tree) {
        Map<String, Object> leaves = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                Map<String, Object> named = new LinkedHashMap<>();
                inner.forEach((name, leaf) -> named.put((String) name, leaf));
                leaves.putAll(flat(prefix + key + ".", named));
            } else {
                leaves.put(prefix + key, value);
            }
        });
        return leaves;
    }

    private StorageConfig load(String file, String text) throws IOException {
        Files.writeString(dir.resolve(file), text);
        return StorageProviders.from(Path.of(file)).withEngines(EngineRegistry.discover())
                .withSurroundings(around(dir)).load();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-basic", "a-transaction", "a-backup", "a-maintenance", "b-engines", "b-badger",
            "b-memory", "b-performance", "e-basic", "e-ttl", "e-performance", "e-monitoring"})
    void aPastedBlockLoadsToItsValuesInEveryNotation(String name) throws IOException {
        Map<String, Object> storage = storage(block(name));
        Map<String, Object> tree = Map.of("storage", storage);
        String json = ConfigValueFactory.fromMap(tree).render(ConfigRenderOptions.concise());
        String hocon = ConfigFactory.parseString(json).root()
                .render(ConfigRenderOptions.defaults().setJson(false).setOriginComments(false));
        StringBuilder properties = new StringBuilder();
        flat("storage.", storage).forEach((key, value) -> properties.append(key).append('=').append(value)
                .append('\n'));

        Map<String, Object> shown = flat("", storage);
        assertThat(shown).isNotEmpty();
        check(load("storage.yaml", block(name)), shown, "storage.yaml: ");
        check(load("storage.json", json), shown, "storage.json: ");
        check(load("storage.conf", hocon), shown, "storage.conf: ");
        check(load("storage.properties", properties.toString()), shown, "storage.properties: ");
    }

    private static void check(StorageConfig config, Map<String, Object> shown, String origin) {
        shown.forEach((path, value) -> {
            int dot = path.indexOf('.');
            EngineSettings section = config.section(path.substring(0, dot)).orElseThrow();
            Setting<?> setting = setting(section.schema(), path.substring(dot + 1));
            assertThat((Object) section.get(setting)).as(path).isEqualTo(setting.type().parse(value));
            assertThat(section.origin(setting)).as(path).startsWith(origin);
        });
    }

    private static Setting<?> setting(SettingsSchema schema, String path) {
        return schema.find(schema.aliases().getOrDefault(path, path)).orElseThrow(() -> new AssertionError(path));
    }

    @Test
    void theDefaultsAreTheDocumentedValues() {
        StorageConfig defaults = StorageProviders.from(Map.of()).withEngines(EngineRegistry.discover())
                .withSurroundings(around(dir)).load();
        List<String> different = new ArrayList<>();
        for (String name : List.of("a-basic", "a-transaction", "a-backup", "a-maintenance", "b-engines", "b-badger",
                "b-memory", "b-performance", "e-basic", "e-ttl", "e-performance", "e-monitoring")) {
            flat("", storage(block(name))).forEach((path, value) -> {
                int dot = path.indexOf('.');
                EngineSettings section = defaults.section(path.substring(0, dot)).orElseThrow();
                Setting<?> setting = setting(section.schema(), path.substring(dot + 1));
                if (!setting.type().parse(value).equals(section.get(setting))) {
                    different.add(path + " = " + value);
                }
            });
        }
        assertThat(different).as("30 days of document A are the default; B says 7 in another name")
                .containsExactly("badger.backup_retention = 7");
    }

    @Test
    void allBlocksTogetherContradictEachOtherInOneKeyOnly() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("a-basic", "a-transaction", "a-backup", "a-maintenance", "b-engines", "b-memory",
                "b-performance", "e-ttl", "e-performance", "e-monitoring")) {
            all.append(block(name)).append('\n');
        }
        assertThat(load("storage.yaml", all.toString()).value("storage.badger.backup.retention_days").orElseThrow()
                .text()).isEqualTo("30");
        String flat = "storage:\n  badger:\n    backup_retention: 7\n";
        ConfigurationException error = catchThrowableOfType(ConfigurationException.class,
                () -> load("storage.yaml", all + flat));
        assertThat(error).hasMessageContaining("has 1 problem:")
                .hasMessageContaining("storage.badger.backup_retention = 7 (storage.yaml: ")
                .hasMessageContaining("contradicts storage.badger.backup.retention_days = 30");
    }

    @Test
    void afewValuesWordForWord() throws IOException {
        StorageConfig config = load("storage.yaml", block("a-basic") + block("b-engines") + block("e-performance"));
        assertThat(config.value("storage.badger.value_log_file_size").orElseThrow().text()).isEqualTo("1073741824");
        assertThat(config.value("storage.badger.value_threshold").orElseThrow().text()).isEqualTo("32");
        assertThat(config.value("storage.badger.compression_type").orElseThrow().text()).isEqualTo("\"snappy\"");
        assertThat(config.value("storage.memory.performance.memory_limit").orElseThrow().text())
                .isEqualTo(Long.toString(1L << 30));
        assertThat(config.defaultEngine(StoreKind.KEY_VALUE)).isEqualTo("badger");
        assertThat(config.isEnabled("file")).isFalse();
        EngineSettings memory = config.section("memory").orElseThrow();
        assertThat((Object) memory.get(setting(memory.schema(), "performance.lock_timeout")))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void everySettingThatTheFactsNameIsKnown() {
        StorageConfig config = StorageProviders.from(Map.of()).withEngines(EngineRegistry.discover())
                .withSurroundings(around(dir)).load();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("file", "root_path=./data/files max_file_size=1024MB directory_index_enabled=true"
                + " file_verification_enabled=true file_permissions=0644 directory_permissions=0755");
        facts.put("temp", "max_size=1GiB max_files=10000 auto_cleanup=true cleanup_interval=1h max_age=24h"
                + " cache_size=64MiB buffer_size=32KiB");
        facts.put("sqlite", "db_path=./data/sqlite/storage.db max_open_conns=25 max_idle_conns=10 conn_max_lifetime=5m"
                + " tx_timeout=30s busy_timeout=10s cache_size=-64000 page_size=4096 sync_mode=NORMAL"
                + " journal_mode=WAL vacuum_interval=24h enable_wal=true enable_foreign_keys=true");
        facts.forEach((id, text) -> {
            EngineSettings section = config.section(id).orElseThrow();
            for (String pair : text.split(" ")) {
                String key = pair.substring(0, pair.indexOf('='));
                Setting<?> setting = setting(section.schema(), key);
                assertThat((Object) section.get(setting)).as(id + "." + key)
                        .isEqualTo(setting.type().parse(pair.substring(pair.indexOf('=') + 1)));
            }
        });
        for (String key : List.of("temp_path", "dir_perm", "file_perm")) {
            assertThat(config.section("temp").orElseThrow().schema().find(key)).as(key).isPresent();
        }
        assertThat(ROOT).allSatisfy(name -> assertThat(config.section(name)).isPresent());
    }
}
