// SPDX-License-Identifier: Apache-2.0
/**
 * What authors of engines implement and receive, and how engines are found: {@link io.sett.spi.EngineProvider},
 * {@link io.sett.spi.EngineContext}, {@link io.sett.spi.Engines}.
 */
@org.jspecify.annotations.NullMarked
module io.sett.spi {
    requires transitive io.sett.api;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.sett.spi;
    exports io.sett.spi.kv;
    exports io.sett.spi.settings;

    uses io.sett.spi.EngineProvider;
}
