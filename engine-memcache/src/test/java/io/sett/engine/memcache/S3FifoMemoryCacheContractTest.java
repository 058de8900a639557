// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import io.sett.engine.memcache.internal.MemoryEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.cache.CacheStoreContract;
import java.util.Map;

class S3FifoMemoryCacheContractTest extends CacheStoreContract {

    @Override
    protected EngineProvider engine() {
        return new MemoryEngineProvider();
    }

    @Override
    protected Map<String, ?> settings() {
        return Map.of("eviction_policy", "s3_fifo", "hash_function", "crc32", "monitoring.metrics_interval", "1h",
                "shards", 64);
    }

    @Override
    protected String variant() {
        return "s3_fifo";
    }
}
