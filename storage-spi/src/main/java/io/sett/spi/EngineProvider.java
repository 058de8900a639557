// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.spi.settings.SettingsSchema;
import java.util.Set;

/**
 * An engine, as a service: what it is called, what it can do, how it is opened.
 *
 * <p>Registered by {@code provides io.sett.spi.EngineProvider with …} in {@code module-info.java} and, for the class
 * path, in {@code META-INF/services/io.sett.spi.EngineProvider}. An instance is a cheap factory: its constructor and
 * all methods but {@link #open} do no input or output, start nothing and load no driver.
 *
 * <p>Threads: all methods may be called by several threads.
 */
public interface EngineProvider {

    /** The id by which configuration selects it: lower case letters, digits and hyphens. */
    String id();

    /** Other ids that select it too. */
    default Set<String> aliases() {
        return Set.of();
    }

    /** The version of this SPI it was built for: a constant of the engine, not {@link SpiVersion#CURRENT}. */
    SpiVersion spiVersion();

    /** The kinds of stores it offers, at least one. */
    Set<StoreKind> kinds();

    /** What it can do for a kind, as far as it is known before a store is open. */
    Set<Capability> capabilities(StoreKind kind);

    /** The settings of a store of this kind, in the section {@code storage.<id>}. */
    SettingsSchema schema(StoreKind kind);

    /** The artifact that contains it, for messages ({@code io.sett:engine-lsm}). */
    String artifact();

    /**
     * Opens a store.
     *
     * @param kind one of {@link #kinds()}
     * @return an open store whose {@code name}, {@code engine} and {@code kind} are those given
     * @throws io.sett.api.error.StorageException when it cannot be opened; nothing is left open then
     */
    Store open(StoreKind kind, EngineContext context);
}
