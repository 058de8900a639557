// SPDX-License-Identifier: Apache-2.0
/**
 * What authors of engines implement and receive, and how engines are found: {@link io.sett.spi.EngineProvider},
 * {@link io.sett.spi.EngineContext}, {@link io.sett.spi.Engines}.
 */
@SuppressWarnings("module") // The engines that the qualified export names are built later.
@org.jspecify.annotations.NullMarked
module io.sett.spi {
    requires transitive io.sett.api;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.sett.spi;
    exports io.sett.spi.keyspace;
    exports io.sett.spi.kv;
    exports io.sett.spi.settings;
    exports io.sett.spi.log to io.sett.engine.lsm, io.sett.engine.memcache, io.sett.engine.file, io.sett.engine.sqlite,
            io.sett.provider, io.sett.jcache;

    uses io.sett.spi.EngineProvider;
    uses org.slf4j.spi.SLF4JServiceProvider;
}
