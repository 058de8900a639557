// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.SpiVersion;
import io.sett.spi.keyspace.KeyspaceStore;
import io.sett.spi.settings.SettingsSchema;
import java.util.Map;
import java.util.Set;

/** The engine as a service. */
public final class LsmEngineProvider implements EngineProvider {

    private static final SpiVersion SPI = new SpiVersion(1, 0);

    /** A factory without state. */
    public LsmEngineProvider() {
    }

    @Override
    public String id() {
        return LsmSettings.ENGINE;
    }

    @Override
    public Set<String> aliases() {
        return Set.of("lsm");
    }

    @Override
    public SpiVersion spiVersion() {
        return SPI;
    }

    @Override
    public Set<StoreKind> kinds() {
        return Set.of(StoreKind.KEY_VALUE);
    }

    @Override
    public Set<Capability> capabilities(StoreKind kind) {
        return kind == StoreKind.KEY_VALUE ? LsmSettings.capabilities() : Set.of();
    }

    @Override
    public SettingsSchema schema(StoreKind kind) {
        return LsmSettings.schema();
    }

    @Override
    public String artifact() {
        return "io.sett:engine-lsm";
    }

    @Override
    public Store open(StoreKind kind, EngineContext context) {
        if (kind != StoreKind.KEY_VALUE) {
            throw new InvalidOperationException(ErrorCode.INVALID_STORAGE_TYPE, "engine '" + id() + "' offers no "
                    + kind.label() + "; it offers a key-value store", Map.of("engine", id(), "kind", kind));
        }
        return KeyspaceStore.over(new LsmStore(Opening.open(context)));
    }
}
