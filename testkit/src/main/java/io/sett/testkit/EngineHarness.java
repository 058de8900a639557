// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import io.sett.spi.EngineProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The engine under test and how its stores are to be opened. Usually {@link #of} serves; implement it to run an engine
 * on another file system.
 */
public interface EngineHarness {

    /** The engine. */
    EngineProvider provider();

    /** Settings of every store that is opened, laid over the defaults of the engine. */
    default Map<String, ?> settings() {
        return Map.of();
    }

    /** Makes an empty directory, which becomes the data root of a store. The fixture removes it. */
    default Path newDirectory() {
        try {
            return Files.createTempDirectory("sett-testkit-");
        } catch (IOException failed) {
            throw new UncheckedIOException("no temporary directory could be made", failed);
        }
    }

    /** An engine with its defaults, in directories below the system's temporary one. */
    static EngineHarness of(EngineProvider provider) {
        return of(provider, Map.of());
    }

    /** An engine with settings, in directories below the system's temporary one. */
    static EngineHarness of(EngineProvider provider, Map<String, ?> settings) {
        Map<String, ?> copy = Map.copyOf(settings);
        return new EngineHarness() {
            @Override
            public EngineProvider provider() {
                return provider;
            }

            @Override
            public Map<String, ?> settings() {
                return copy;
            }
        };
    }
}
