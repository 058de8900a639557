// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.source;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What surrounds the process, as far as configuration depends on it. Tests make their own.
 *
 * @param directory the working directory, where files are looked for
 * @param environment environment variables
 * @param properties system properties
 * @param loader where resources are looked for
 */
public record Surroundings(Path directory, Map<String, String> environment, Map<String, String> properties,
        ClassLoader loader) {

    /** Copies the maps. */
    public Surroundings {
        environment = Map.copyOf(environment);
        properties = Map.copyOf(properties);
    }

    /** Those of this process now. */
    public static Surroundings current() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Map<String, String> texts = new HashMap<>();
        Properties system = System.getProperties();
        system.stringPropertyNames().forEach(name -> texts.put(name, system.getProperty(name)));
        return new Surroundings(Path.of(""), System.getenv(), texts,
                context == null ? Surroundings.class.getClassLoader() : context);
    }
}
