// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.SpiVersion;
import io.sett.spi.settings.SettingsSchema;
import java.util.Set;

/** The reference store with a journal on disk, right or wrong in one way. */
public final class JournalledEngine implements EngineProvider {

    private final Flaw flaw;

    /** An engine with a flaw. */
    public JournalledEngine(Flaw flaw) {
        this.flaw = flaw;
    }

    @Override
    public String id() {
        return "journalled";
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
        return Set.of(Capability.SERIALIZABLE, Capability.SNAPSHOTS, Capability.PERSISTENT, Capability.SYNC_WRITES);
    }

    @Override
    public SettingsSchema schema(StoreKind kind) {
        return SettingsSchema.of();
    }

    @Override
    public String artifact() {
        return "io.sett:testkit";
    }

    @Override
    public Store open(StoreKind kind, EngineContext context) {
        Data data = new Data();
        Journal journal = Journal.open(context.dataRoot(), flaw, data);
        data.journal = journal;
        return new ReferenceStore(context, capabilities(kind), data, Fault.NONE, journal::close);
    }
}
