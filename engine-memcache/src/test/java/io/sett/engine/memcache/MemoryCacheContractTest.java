// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import io.sett.engine.memcache.internal.MemoryEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.cache.CacheStoreContract;
import java.util.Map;

class MemoryCacheContractTest extends CacheStoreContract {

    @Override
    protected EngineProvider engine() {
        return new MemoryEngineProvider();
    }

    @Override
    protected Map<String, ?> settings() {
        return Map.of("monitoring.metrics_interval", "1h");
    }
}
