// SPDX-License-Identifier: Apache-2.0
package org.example.treap;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.SpiVersion;
import io.sett.spi.settings.SettingsSchema;
import java.util.Set;

/** What the service loader finds. */
public final class TreapEngineProvider implements EngineProvider {

    static final String ID = "treap";

    /** For the service loader. */
    public TreapEngineProvider() {
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public SpiVersion spiVersion() {
        return new SpiVersion(1, 0);
    }

    @Override
    public Set<StoreKind> kinds() {
        return Set.of(StoreKind.KEY_VALUE);
    }

    @Override
    public Set<Capability> capabilities(StoreKind kind) {
        return TreapStore.CAPABILITIES;
    }

    @Override
    public SettingsSchema schema(StoreKind kind) {
        return SettingsSchema.empty();
    }

    @Override
    public String artifact() {
        return "org.example:third-party-engine";
    }

    @Override
    public Store open(StoreKind kind, EngineContext context) {
        return new TreapStore(context);
    }
}
