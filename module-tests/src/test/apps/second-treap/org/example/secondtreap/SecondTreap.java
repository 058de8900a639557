// SPDX-License-Identifier: Apache-2.0
package org.example.secondtreap;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.SpiVersion;
import io.sett.spi.settings.SettingsSchema;
import java.util.Set;

/** An engine that takes the id of another one. */
public final class SecondTreap implements EngineProvider {

    public SecondTreap() {
        // Nothing to prepare.
    }

    @Override
    public String id() {
        return "treap";
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
        return Set.of();
    }

    @Override
    public SettingsSchema schema(StoreKind kind) {
        return SettingsSchema.empty();
    }

    @Override
    public String artifact() {
        return "org.example:second-treap";
    }

    @Override
    public Store open(StoreKind kind, EngineContext context) {
        throw new IllegalStateException("no test opens it");
    }
}
