// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.SpiVersion;
import io.sett.spi.settings.SettingsSchema;
import io.sett.testkit.kv.KVStoreContract;
import java.util.Set;

/** The key-value store in memory does what every key-value store must do. */
class MemoryKVStoreContractTest extends KVStoreContract {

    /** The key-value half of the engine. */
    private static final class KeyValueOnly implements EngineProvider {

        @Override
        public String id() {
            return "memory";
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
            return MemoryKVStores.capabilities();
        }

        @Override
        public SettingsSchema schema(StoreKind kind) {
            return MemoryKVSettings.schema();
        }

        @Override
        public String artifact() {
            return "io.sett:engine-memcache";
        }

        @Override
        public Store open(StoreKind kind, EngineContext context) {
            return MemoryKVStores.open(context);
        }
    }

    @Override
    protected EngineProvider engine() {
        return new KeyValueOnly();
    }
}
