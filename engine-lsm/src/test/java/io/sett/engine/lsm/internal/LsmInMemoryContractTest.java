// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.spi.EngineProvider;
import io.sett.testkit.kv.KVStoreContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract for a store in memory, with small memtables so that tables and value-log files are made there too. */
class LsmInMemoryContractTest extends KVStoreContract {

    @Override
    protected EngineProvider engine() {
        return new LsmEngineProvider();
    }

    @Override
    protected Map<String, ?> settings() {
        return Map.of("in_memory", true, "mem_table_size", 64 * 1024, "base_table_size", 8192, "base_level_size",
                32 * 1024, "level_zero_slowdown", 40, "level_zero_stop", 80);
    }

    /** Less than the engine: nothing survives the store. */
    @Override
    @Test
    public void whatTheEngineDeclaresIsWhatItsStoresOffer() {
        assertThat(store().capabilities()).isEqualTo(LsmSettings.capabilities(true));
        assertThat(store().capabilities()).isUnmodifiable();
    }

    @Override
    protected String variant() {
        return "in memory";
    }
}
