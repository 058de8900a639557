// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import io.sett.engine.memcache.internal.MemoryEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.cache.CacheStoreContract;
import java.util.Map;

class SmallMemoryCacheContractTest extends CacheStoreContract {

    @Override
    protected EngineProvider engine() {
        return new MemoryEngineProvider();
    }

    @Override
    protected Map<String, ?> settings() {
        return Map.of("hard_max_cache_size", "8MB", "shards", 4, "monitoring.metrics_interval", "1h");
    }

    @Override
    protected String variant() {
        return "small";
    }
}
