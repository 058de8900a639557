// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import io.sett.engine.memcache.internal.MemoryEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.kv.KVStoreContract;
import java.util.Map;

/** The same with small limits and next to no memory of deletions. */
class SmallMemoryKVStoreContractTest extends KVStoreContract {

    @Override
    protected EngineProvider engine() {
        return new MemoryEngineProvider();
    }

    @Override
    protected Map<String, ?> settings() {
        return Map.of("kept_deletions", 1, "max_key_size", 1000, "max_value_size", "100KB",
                "transaction.max_batch_size", "1MB", "transaction.max_operations", 6000, "memory_limit", "64MB");
    }

    @Override
    protected String variant() {
        return "small limits";
    }
}
