// SPDX-License-Identifier: Apache-2.0
/**
 * Assembles stores from configuration, with Guice ({@link io.sett.provider.StorageModule}) or without it
 * ({@link io.sett.provider.StorageProviders}).
 */
@org.jspecify.annotations.NullMarked
module io.sett.provider {
    requires transitive io.sett.spi;
    requires com.google.common;
    requires com.google.guice;
    requires jakarta.inject;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires static org.jspecify;
    requires typesafe.config;

    exports io.sett.provider;
}
