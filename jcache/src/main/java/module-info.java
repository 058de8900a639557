// SPDX-License-Identifier: Apache-2.0
/**
 * A provider of JCache (JSR 107): caches of the standard on any cache engine of Sett.
 */
@SuppressWarnings("requires-transitive-automatic") // The interfaces of the standard have no module descriptor.
@org.jspecify.annotations.NullMarked
module io.sett.jcache {
    requires transitive cache.api;
    requires transitive io.sett.spi;
    requires java.management;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.sett.jcache;
    exports io.sett.jcache.spi;

    uses io.sett.spi.EngineProvider;

    provides javax.cache.spi.CachingProvider with io.sett.jcache.spi.SettCachingProvider;
}
