// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.control;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.SpiVersion;
import io.sett.spi.settings.SettingsSchema;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A right engine whose stores are made wrong.
 *
 * @param right the engine
 * @param spoil makes a store wrong
 */
record FaultyEngine(EngineProvider right, UnaryOperator<Store> spoil) implements EngineProvider {

    @Override
    public String id() {
        return right.id();
    }

    @Override
    public SpiVersion spiVersion() {
        return right.spiVersion();
    }

    @Override
    public Set<StoreKind> kinds() {
        return right.kinds();
    }

    @Override
    public Set<Capability> capabilities(StoreKind kind) {
        return right.capabilities(kind);
    }

    @Override
    public SettingsSchema schema(StoreKind kind) {
        return right.schema(kind);
    }

    @Override
    public String artifact() {
        return right.artifact();
    }

    @Override
    public Store open(StoreKind kind, EngineContext context) {
        return spoil.apply(right.open(kind, context));
    }
}
