// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import io.sett.engine.memcache.internal.MemoryEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.kv.KVStoreContract;

/** The key-value store in memory does what every key-value store must do. */
class MemoryKVStoreContractTest extends KVStoreContract {

    @Override
    protected EngineProvider engine() {
        return new MemoryEngineProvider();
    }
}
