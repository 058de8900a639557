// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.engine.file.internal.temp.LocalTempStore;
import io.sett.engine.file.internal.temp.TempSettings;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.SpiVersion;
import io.sett.spi.settings.SettingsSchema;
import java.util.Set;

/** The engine {@code temp}. */
public final class TempEngineProvider implements EngineProvider {

    /** For the service loader. */
    public TempEngineProvider() {
    }

    @Override
    public String id() {
        return "temp";
    }

    @Override
    public SpiVersion spiVersion() {
        return new SpiVersion(1, 0);
    }

    @Override
    public Set<StoreKind> kinds() {
        return Set.of(StoreKind.TEMP);
    }

    @Override
    public Set<Capability> capabilities(StoreKind kind) {
        return LocalTempStore.CAPABILITIES;
    }

    @Override
    public SettingsSchema schema(StoreKind kind) {
        return TempSettings.SCHEMA;
    }

    @Override
    public String artifact() {
        return "io.sett:engine-file";
    }

    @Override
    public Store open(StoreKind kind, EngineContext context) {
        return LocalTempStore.open(context);
    }
}
