// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import static io.sett.provider.TestConfigs.around;
import static io.sett.provider.TestConfigs.file;
import static io.sett.provider.TestConfigs.registry;
import static io.sett.provider.TestConfigs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads when the configuration is wrong. */
class ConfigurationProblemsTest {

    @TempDir
    Path dir;

    private String problems(StorageProviders providers) {
        ConfigurationException error = catchThrowableOfType(ConfigurationException.class, providers::load);
        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
        return error.getMessage();
    }

    @Test
    void allProblemsOfHoconAreListedWithFileAndLine() throws IOException {
        write(dir, "storage.conf", "storage {", "  badger {", "    mem_table_size = 12", "    sync_writes = maybe",
                "    maintenance.gc_threshold = 1", "    mem_tabel_size = 1", "  }",
                "  memory.life_window = soon", "}");
        assertThat(problems(file(dir, "storage.conf", ProbeEngine.badger(), ProbeEngine.memory())))
                .contains("has 5 problems")
                .contains("storage.badger.mem_table_size = 12 (storage.conf: 3) must be from 64KB to 4GB;"
                        + " default 67108864")
                .contains("storage.badger.sync_writes = maybe (storage.conf: 4) must be true or false; default true")
                .contains("storage.badger.maintenance.gc_threshold = 1 (storage.conf: 5) must be above 0.0 and"
                        + " below 1.0")
                .contains("storage.badger.mem_tabel_size (storage.conf: 6) is not a known key;"
                        + " did you mean storage.badger.mem_table_size?")
                .contains("storage.memory.life_window = soon (storage.conf: 8) must be a duration such as");
    }

    @Test
    void allProblemsOfYamlAreListedWithFileAndLine() throws IOException {
        write(dir, "storage.yaml", "# comment", "storage:", "  badger:", "    mem_table_size: 12", "    nonsense: 1",
                "  enabled_stores:", "    badger: 7", "  performence:", "    batch_size: 1");
        assertThat(problems(file(dir, "storage.yaml", ProbeEngine.badger())))
                .contains("storage.badger.mem_table_size = 12 (storage.yaml: 4)")
                .contains("storage.badger.nonsense (storage.yaml: 5) is not a known key")
                .contains("storage.enabled_stores.badger = 7 (storage.yaml: 7) must be true or false; default true")
                .contains("storage.performence.batch_size (storage.yaml: 9) is not a known key;"
                        + " did you mean storage.performance.batch_size?");
    }

    @Test
    void propertiesAndJsonKnowTheirLinesToo() throws IOException {
        write(dir, "storage.properties", "# comment", "storage.badger.path = x", "storage.badger.mem_table_size = \\",
                "   7", "storage.badger.sync_writes=perhaps");
        assertThat(problems(file(dir, "storage.properties", ProbeEngine.badger())))
                .contains("storage.badger.mem_table_size = 7 (storage.properties: 3)")
                .contains("storage.badger.sync_writes = perhaps (storage.properties: 5)");
        write(dir, "storage.json", "{ \"storage\": {", "  \"badger\": { \"mem_table_size\": 3 }", "} }");
        assertThat(problems(file(dir, "storage.json", ProbeEngine.badger())))
                .contains("storage.badger.mem_table_size = 3 (storage.json: 2)");
    }

    @Test
    void looseConfigurationWarnsOfUnknownKeysOnly() throws IOException {
        write(dir, "storage.conf", "storage.strict = false", "storage.badger.unheard_of = 1",
                "storage.elsewhere.x = 2");
        StorageConfig config = file(dir, "storage.conf", ProbeEngine.badger()).load();
        assertThat(config.strict()).isFalse();
        assertThat(config.value("storage.badger.unheard_of")).isEmpty();
        write(dir, "storage.conf", "storage.strict = false", "storage.badger.mem_table_size = 1");
        assertThat(problems(file(dir, "storage.conf", ProbeEngine.badger()))).contains("has 1 problem:");
    }

    @Test
    void twoNamesOfOneSettingMayAgreeButNotDiffer() throws IOException {
        write(dir, "storage.conf", "storage.badger.backup_retention = 7", "storage.badger.backup.retention_days = 30");
        assertThat(problems(file(dir, "storage.conf", ProbeEngine.badger()))).contains(
                "storage.badger.backup_retention = 7 (storage.conf: 1) contradicts"
                        + " storage.badger.backup.retention_days = 30 (storage.conf: 2)");
        write(dir, "storage.conf", "storage.badger.backup_retention = 7", "storage.badger.backup.retention_days = 7");
        assertThat(file(dir, "storage.conf", ProbeEngine.badger()).load().value("storage.badger.backup.retention_days")
                .orElseThrow().text()).isEqualTo("7");
        write(dir, "storage.conf", "storage.badger.sync_writes = false", "storage.lsm.sync_writes = true");
        assertThat(problems(file(dir, "storage.conf", ProbeEngine.badger())))
                .contains("storage.lsm.sync_writes = true (storage.conf: 2) contradicts storage.badger.sync_writes");
    }

    @Test
    void aHigherLayerHidesTheOtherNameOfALowerOne() throws IOException {
        write(dir, "storage.conf", "storage.badger.backup_retention = 7");
        StorageConfig config = StorageProviders.from(Path.of("storage.conf"))
                .withEngines(registry(ProbeEngine.badger()))
                .withSurroundings(around(dir, Map.of("STORAGE_BADGER_BACKUP_RETENTION_DAYS", "12"), Map.of())).load();
        assertThat(config.value("storage.badger.backup.retention_days")).hasValue(new StorageConfig.Value(
                "storage.badger.backup.retention_days", "12",
                "environment variable STORAGE_BADGER_BACKUP_RETENTION_DAYS"));
    }

    @Test
    void environmentValuesAreCheckedAndNamed() throws IOException {
        write(dir, "storage.conf", "storage.memory.life_window = 1h");
        StorageProviders providers = StorageProviders.from(Path.of("storage.conf"))
                .withEngines(registry(ProbeEngine.memory())).withSurroundings(around(dir,
                        Map.of("STORAGE_MEMORY_LIFE_WINDOW", "never"), Map.of("storage.memory.mem_table_size", "2")));
        assertThat(problems(providers))
                .contains("storage.memory.life_window = never (environment variable STORAGE_MEMORY_LIFE_WINDOW)")
                .contains("storage.memory.mem_table_size = 2 (system property storage.memory.mem_table_size)");
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        assertThat(problems(file(dir, "absent.conf"))).contains("configuration file absent.conf does not exist")
                .contains(dir.resolve("absent.conf").toString());
        Files.createDirectory(dir.resolve("folder.conf"));
        assertThat(problems(file(dir, "folder.conf"))).contains("folder.conf is a directory");
        Files.write(dir.resolve("latin.yaml"), "storage: é".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problems(file(dir, "latin.yaml"))).contains("latin.yaml is not UTF-8 text");
        write(dir, "storage.toml", "x");
        assertThat(problems(file(dir, "storage.toml"))).contains("storage.toml has an ending that is not known")
                .contains("[conf, yaml, yml, json, properties]");
    }

    @Test
    void filesThatCannotBeParsedAreNamedWithTheLine() throws IOException {
        write(dir, "storage.conf", "storage {", "  badger {", "  = 3", "}");
        assertThat(problems(file(dir, "storage.conf")))
                .contains("configuration file storage.conf: 3 is not valid HOCON");
        write(dir, "storage.json", "{", "\"storage\": nope }");
        assertThat(problems(file(dir, "storage.json")))
                .contains("configuration file storage.json: 2 is not valid JSON");
        write(dir, "storage.yaml", "storage:", "  badger:", "   - a: [", "}");
        assertThat(problems(file(dir, "storage.yaml")))
                .contains("configuration file storage.yaml: 4 is not valid YAML");
        write(dir, "storage.yaml", "storage:", "  strict: true", "  strict: false");
        assertThat(problems(file(dir, "storage.yaml")))
                .contains("configuration file storage.yaml: 3 repeats the key 'strict' of line 2");
        write(dir, "storage.conf", "storage.data_root = ${nowhere}");
        assertThat(problems(file(dir, "storage.conf"))).contains("storage.conf: 1").contains("nowhere");
    }

    @Test
    void aFileWithoutTheRootSaysSo() throws IOException {
        write(dir, "storage.yaml", "storge:", "  strict: true");
        assertThat(problems(file(dir, "storage.yaml")))
                .contains("storage.yaml has no section 'storage', only [storge]; is 'storge' a misspelling of it?");
        assertThatThrownBy(() -> StorageProviders.from(Map.of("badger.path", "x")))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("has no section 'storage'");
    }

    @Test
    void valuesInPlaceOfSectionsAreRefused() throws IOException {
        write(dir, "storage.conf", "storage.badger = 5", "storage.instances.kv_store.chain = badger",
                "storage.instances.kv_stor.x.engine = badger", "storage.instances.kv_store.\"a b\".engine = badger",
                "storage.memory.maintenance = 1");
        assertThat(problems(file(dir, "storage.conf", ProbeEngine.badger(), ProbeEngine.memory())))
                .contains("storage.badger = 5 (storage.conf: 1) must be a section with keys, not a value")
                .contains("storage.instances.kv_store.chain = badger (storage.conf: 2) must be a section, such as"
                        + " { engine = badger }")
                .contains("must have the form storage.instances.<kind>.<name> { … }").contains("did you mean kv_store?")
                .contains("'a b' cannot be the name of a store")
                .contains("storage.memory.maintenance = 1 (storage.conf: 5) must be a section");
    }

    @Test
    void instancesAreCheckedWithTheirEngine() throws IOException {
        write(dir, "storage.conf", "storage.instances {", "  kv_store.chain { engine = badger, mem_table_size = 1 }",
                "  cache_store.chain { engine = memory }", "  kv_store.index { engine = badger, sync_write = true }",
                "}");
        assertThat(problems(file(dir, "storage.conf", ProbeEngine.badger(), ProbeEngine.memory())))
                .contains("storage.instances.kv_store.chain.mem_table_size = 1 (storage.conf: 2) must be from 64KB")
                .contains("repeats the name of storage.instances.")
                .contains("storage.instances.kv_store.index.sync_write (storage.conf: 4) is not a known key;"
                        + " did you mean storage.instances.kv_store.index.sync_writes?");
    }

    @Test
    void anUnknownEngineIsFoundAtTheStart() throws IOException {
        write(dir, "storage.yaml", "storage:", "  default_engines:", "    kv_store: bagder");
        ConfigurationException error = catchThrowableOfType(ConfigurationException.class,
                () -> file(dir, "storage.yaml", ProbeEngine.badger()).start());
        assertThat(error.code()).isEqualTo(ErrorCode.STORAGE_ENGINE_NOT_FOUND);
        assertThat(error).hasMessageContaining("no engine 'bagder' for a key-value store; did you mean 'badger'?")
                .hasMessageContaining("It was chosen by storage.default_engines.kv_store (storage.yaml: 3).");
        write(dir, "storage.yaml", "storage:", "  instances:", "    sql_store:", "      books: { engine: memory }");
        assertThat(catchThrowableOfType(ConfigurationException.class,
                () -> file(dir, "storage.yaml", ProbeEngine.memory()).start()))
                .hasMessageContaining("engine 'memory' offers no SQL store")
                .hasMessageContaining("storage.instances.sql_store.books.engine (storage.yaml: 4)");
    }

    @Test
    void sectionsOfAbsentDocumentedEnginesAreAccepted() throws IOException {
        write(dir, "storage.yaml", "storage:", "  sqlite:", "    db_path: x.db", "  badger:", "    anything: 1");
        assertThat(file(dir, "storage.yaml", ProbeEngine.memory()).load().section("sqlite")).isEmpty();
        write(dir, "storage.yaml", "storage:", "  redis:", "    host: x");
        assertThat(problems(file(dir, "storage.yaml", ProbeEngine.memory())))
                .contains("storage.redis.host (storage.yaml: 3) is not a known key");
    }

    @Test
    void sizesAreReadAsTheDocumentsMeanThem() {
        StorageConfig config = StorageProviders.from(Map.of("storage.badger.mem_table_size", "1GB",
                "storage.badger.hard_max_cache_size", 64, "storage.memory.hard_max_cache_size", "64MB",
                "storage.memory_budget", "1GiB")).withEngines(registry(ProbeEngine.badger(), ProbeEngine.memory()))
                .withSurroundings(around(dir)).load();
        assertThat(config.section("badger").orElseThrow().get(ProbeEngine.SIZE)).isEqualTo(1L << 30);
        assertThat(config.section("badger").orElseThrow().get(ProbeEngine.HARD)).isEqualTo(64L << 20);
        assertThat(config.section("memory").orElseThrow().get(ProbeEngine.HARD)).isEqualTo(64L << 20);
        assertThat(config.memoryBudgetBytes()).isEqualTo(1L << 30);
    }

    @Test
    void secretsAreNeverShown() {
        StorageConfig config = StorageProviders.from(Map.of("storage.badger.password", "hunter2",
                "storage.instances.kv_store.vault.password", "hunter3"))
                .withEngines(registry(ProbeEngine.badger())).withSurroundings(around(dir)).load();
        assertThat(config.values().toString()).doesNotContain("hunter").contains("storage.badger.password");
    }

    @Test
    void aConfigOfTheProgramIsReadWithoutItsReference() {
        StorageConfig config = TypesafeSource.from(ConfigFactory.parseString(
                "storage { badger.backup_retention = 9, data_root = \"/tmp/x\" }, other { a = 1 }"))
                .withEngines(registry(ProbeEngine.badger())).withSurroundings(around(dir)).load();
        assertThat(config.dataRoot()).isEqualTo(Path.of("/tmp/x"));
        assertThat(config.value("storage.badger.backup.retention_days").orElseThrow().text()).isEqualTo("9");
    }

    @Test
    void whatStoragePerformanceSaysReachesEnginesThatKnowIt() {
        ProbeEngine badger = ProbeEngine.badger();
        StorageConfig config = StorageProviders.from(Map.of("storage.performance.batch_size", 500,
                "storage.memory.performance.batch_size", 7)).withEngines(registry(badger, ProbeEngine.memory()))
                .withSurroundings(around(dir)).load();
        assertThat(config.section("badger").orElseThrow().get(ProbeEngine.BATCH)).isEqualTo(500);
        assertThat(config.section("memory").orElseThrow().get(ProbeEngine.BATCH)).isEqualTo(7);
        assertThat(StorageProviders.from(Map.of()).withEngines(registry(badger)).withSurroundings(around(dir)).load()
                .section("badger").orElseThrow().get(ProbeEngine.BATCH)).isEqualTo(100);
    }

    @Test
    void thirdPartyEnginesAreEnabledUnlessSwitchedOff() {
        ProbeEngine other = new ProbeEngine("acme", Set.of(), StoreKind.KEY_VALUE);
        assertThat(StorageProviders.from(Map.of()).withEngines(registry(other)).withSurroundings(around(dir)).load()
                .isEnabled("acme")).isTrue();
        assertThat(StorageProviders.from(Map.of("storage.enabled_stores.acme", false)).withEngines(registry(other))
                .withSurroundings(around(dir)).load().isEnabled("acme")).isFalse();
        assertThat(problems(StorageProviders.from(Map.of("storage.enabled_stores.acne", false))
                .withEngines(registry(other)).withSurroundings(around(dir))))
                .contains("storage.enabled_stores.acne", "did you mean storage.enabled_stores.acme?");
    }
}
