// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import io.sett.provider.internal.source.Surroundings;
import io.sett.spi.EngineProvider;
import io.sett.spi.EngineRegistry;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Builders over files of a test directory, without anything of this machine. */
public final class TestConfigs {

    private TestConfigs() {
    }

    public static Path write(Path directory, String name, String... lines) throws IOException {
        return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
    }

    public static EngineRegistry registry(EngineProvider... engines) {
        EngineRegistry registry = new EngineRegistry();
        for (EngineProvider engine : engines) {
            registry.register(engine);
        }
        return registry;
    }

    public static Surroundings around(Path directory) {
        return around(directory, Map.of(), Map.of());
    }

    public static Surroundings around(Path directory, Map<String, String> environment,
            Map<String, String> properties) {
        return new Surroundings(directory, environment, properties, new URLClassLoader(new URL[0], null));
    }

    public static StorageProviders file(Path directory, String name, EngineProvider... engines) {
        return StorageProviders.from(Path.of(name)).withEngines(registry(engines))
                .withSurroundings(around(directory));
    }
}
