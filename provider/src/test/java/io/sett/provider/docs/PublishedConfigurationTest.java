// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.provider.StorageConfig;
import io.sett.provider.StorageProviders;
import io.sett.spi.EngineRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is published equals what the code says. {@code -Dsett.docs.update=true} writes the files instead of comparing.
 */
class PublishedConfigurationTest {

    private static final Path PROJECT = Path.of("..");

    private final PublishedConfiguration published = new PublishedConfiguration();

    static List<String> modules() {
        return PublishedConfiguration.modules();
    }

    private static void compare(Path file, String text) throws IOException {
        if (Boolean.getBoolean("sett.docs.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(file).as("run this test with -Dsett.docs.update=true to write it").exists();
        assertThat(Files.readString(file)).as("run this test with -Dsett.docs.update=true to write " + file)
                .isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theReferenceOfEachModuleEqualsItsSettings(String module) throws IOException {
        compare(PublishedConfiguration.referenceFile(PROJECT, module), published.referenceText(module));
    }

    @Test
    void thePageEqualsTheSettings() throws IOException {
        compare(PublishedConfiguration.page(PROJECT), published.pageText());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theReferenceCanBeUsedAsConfigurationAndSaysTheDefaults(String module, @TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("storage.conf"), published.referenceText(module));
        StorageConfig read = StorageProviders.from(file).withEngines(EngineRegistry.discover()).load();
        StorageConfig defaults = StorageProviders.from(Map.of()).withEngines(EngineRegistry.discover()).load();
        for (StorageConfig.Value value : defaults.values()) {
            if (PublishedConfiguration.belongs(value.key(), module)) {
                StorageConfig.Value written = read.value(value.key()).orElseThrow();
                assertThat(written.text()).as(value.key()).isEqualTo(value.text());
                assertThat(written.origin()).as(value.key()).contains("storage.conf: ");
            }
        }
    }
}
