// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import static io.sett.provider.TestConfigs.around;
import static io.sett.provider.TestConfigs.registry;
import static io.sett.provider.TestConfigs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.ConfigurationException;
import io.sett.provider.internal.source.Surroundings;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where configuration is found, and what wins. */
class ConfigurationSourcesTest {

    @TempDir
    Path dir;

    private StorageConfig load(Surroundings surroundings) {
        return StorageProviders.standard().withEngines(registry(ProbeEngine.badger(), ProbeEngine.memory()))
                .withSurroundings(surroundings).load();
    }

    private static String path(StorageConfig config) {
        return config.value("storage.badger.path").orElseThrow().text();
    }

    @Test
    void filesOfTheWorkingDirectoryAreFoundInOrder() throws IOException {
        assertThat(load(around(dir)).sources()).isEmpty();
        for (String ending : List.of("properties", "json", "yml", "yaml", "conf")) {
            String text = switch (ending) {
                case "yml", "yaml" -> "storage:\n  badger:\n    path: " + ending;
                case "json" -> "{ \"storage\": { \"badger\": { \"path\": \"json\" } } }";
                default -> "storage.badger.path = " + ending;
            };
            write(dir, "storage." + ending, text);
            StorageConfig config = load(around(dir));
            assertThat(path(config)).isEqualTo('"' + ending + '"');
            assertThat(config.sources()).containsExactly("storage." + ending);
        }
    }

    @Test
    void theSystemPropertyNamesTheFile() throws IOException {
        write(dir, "storage.conf", "storage.badger.path = here");
        write(dir, "other.yaml", "storage: { badger: { path: there } }");
        assertThat(path(load(around(dir, Map.of(), Map.of("storage.config", "other.yaml"))))).isEqualTo("\"there\"");
        assertThatThrownBy(() -> load(around(dir, Map.of(), Map.of("storage.config", "gone.yaml"))))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("gone.yaml does not exist");
    }

    @Test
    void theClassPathComesLast() throws IOException {
        Path resources = Files.createDirectory(dir.resolve("resources"));
        write(resources, "storage.yaml", "storage:", "  badger:", "    path: from-jar");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {resources.toUri().toURL()}, null)) {
            Surroundings surroundings = new Surroundings(dir, Map.of(), Map.of(), loader);
            StorageConfig config = load(surroundings);
            assertThat(config.value("storage.badger.path")).hasValue(new StorageConfig.Value("storage.badger.path",
                    "\"from-jar\"", "class path: storage.yaml: 3"));
            write(dir, "storage.conf", "storage.badger.path = mine");
            assertThat(path(load(surroundings))).isEqualTo("\"mine\"");
        }
    }

    @Test
    void everyLayerWinsOverTheOneBelow() throws IOException {
        write(dir, "storage.conf", "storage.profile = prod", "storage.badger.path = base",
                "storage.badger.value_dir = base", "storage.memory.life_window = 1m");
        assertThatThrownBy(() -> load(around(dir))).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no configuration for the profile 'prod': looked for storage-prod.conf|yaml");
        write(dir, "storage-prod.yaml", "storage:", "  badger:", "    path: overlay");
        StorageConfig overlaid = load(around(dir));
        assertThat(path(overlaid)).isEqualTo("\"overlay\"");
        assertThat(overlaid.sources()).containsExactly("storage.conf", "storage-prod.yaml");
        assertThat(overlaid.value("storage.badger.value_dir").orElseThrow().text()).isEqualTo("\"base\"");

        Map<String, String> property = Map.of("storage.badger.path", "property");
        assertThat(path(load(around(dir, Map.of(), property)))).isEqualTo("\"property\"");
        Map<String, String> variable = Map.of("STORAGE_BADGER_PATH", "variable", "STORAGE_MEMORY_LIFE_WINDOW", "10m");
        StorageConfig both = load(around(dir, variable, property));
        assertThat(path(both)).isEqualTo("\"variable\"");
        assertThat(both.value("storage.memory.life_window")).hasValue(new StorageConfig.Value(
                "storage.memory.life_window", "\"10m\"", "environment variable STORAGE_MEMORY_LIFE_WINDOW"));
        StorageConfig code = StorageProviders.standard().withEngines(registry(ProbeEngine.badger()))
                .withSurroundings(around(dir, variable, property)).with("storage.badger.path", Path.of("code")).load();
        assertThat(path(code)).isEqualTo("\"code\"");
    }

    @Test
    void theProfileCanBeChosenFromOutside() throws IOException {
        write(dir, "storage.yaml", "storage:", "  data_root: a");
        write(dir, "storage-test.conf", "storage.data_root = ${storage.badger.path}/sub", "storage.badger.path = b");
        assertThat(load(around(dir, Map.of("STORAGE_PROFILE", "test"), Map.of())).value("storage.data_root")
                .orElseThrow().text()).isEqualTo("\"b/sub\"");
        assertThat(load(around(dir, Map.of(), Map.of("storage.profile", "test"))).value("storage.data_root")
                .orElseThrow().origin()).isEqualTo("storage-test.conf: 1");
    }

    @Test
    void environmentReachesNamedStores() throws IOException {
        write(dir, "storage.conf", "storage.instances.kv_store.chain { engine = badger }");
        StorageConfig config = load(around(dir, Map.of("STORAGE_INSTANCES_KV_STORE_CHAIN_SYNC_WRITES", "false",
                "STORAGE_ACCOUNT", "somebody else's"), Map.of()));
        assertThat(config.value("storage.instances.kv_store.chain.sync_writes").orElseThrow().text())
                .isEqualTo("false");
    }

    @Test
    void hoconIncludesItsNeighbours() throws IOException {
        write(dir, "common.conf", "storage.badger.path = included");
        write(dir, "storage.conf", "include \"common.conf\"");
        assertThat(load(around(dir)).value("storage.badger.path").orElseThrow().origin()).isEqualTo("common.conf: 1");
    }

    @Test
    void sectionsOfYamlMayStandTwice() throws IOException {
        write(dir, "storage.yaml", "storage:", "  badger:", "    path: one", "storage:", "  badger:",
                "    value_dir: two", "  memory:", "  instances:", "    cache_store:", "      sessions:");
        StorageConfig config = load(around(dir));
        assertThat(path(config)).isEqualTo("\"one\"");
        assertThat(config.value("storage.badger.value_dir").orElseThrow().origin()).isEqualTo("storage.yaml: 6");
        assertThat(config.instances()).extracting(StorageConfig.Instance::name).containsExactly("sessions");
    }

    @Test
    void yamlThatExplodesIsRefused() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("*a").append(i - 1).append("]\n");
        }
        write(dir, "storage.yaml", bomb + "storage: {}");
        assertThatThrownBy(() -> load(around(dir))).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("aliases");
    }
}
