// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.spi.EngineProvider;
import io.sett.testkit.kv.KVStoreContract;
import java.util.HashMap;
import java.util.Map;

/** The contract with every value in the value log, whose files are small, compressed and not mapped. */
class LsmValueLogContractTest extends KVStoreContract {

    @Override
    protected EngineProvider engine() {
        return new LsmEngineProvider();
    }

    @Override
    protected Map<String, ?> settings() {
        Map<String, Object> settings = new HashMap<>(LsmOpenTest.TINY);
        settings.putAll(Map.of("value_threshold", 0, "value_log_file_size", 16 * 1024, "compress_values", true,
                "compression_type", "snappy", "memory_mapping", false, "value_dir", "values"));
        return settings;
    }

    @Override
    protected String variant() {
        return "value log";
    }
}
