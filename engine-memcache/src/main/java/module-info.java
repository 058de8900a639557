// SPDX-License-Identifier: Apache-2.0
/**
 * The memory engine (id {@code memory}): an off-heap cache and an ordered key-value store in memory.
 */
@org.jspecify.annotations.NullMarked
module io.sett.engine.memcache {
    requires transitive io.sett.spi;
    requires java.management;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.sett.engine.memcache;

    provides io.sett.spi.EngineProvider with io.sett.engine.memcache.internal.MemoryEngineProvider;
}
