// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.StoreKind;
import io.sett.api.kv.KVStore;
import io.sett.spi.EngineContext;
import io.sett.spi.MemoryBudget;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One budget covers memtables, cache and indexes, whatever the settings ask for. */
class LsmMemoryTest {

    private static final long MIB = 1 << 20;

    @TempDir
    Path root;

    private EngineContext context(long budget, Map<String, Object> settings) {
        LsmEngineProvider engine = new LsmEngineProvider();
        EngineSettings checked = EngineSettings.of("test", engine.schema(StoreKind.KEY_VALUE), settings);
        return EngineContext.of("test", StoreKind.KEY_VALUE, checked).withDataRoot(root)
                .withMemory(new MemoryBudget(budget));
    }

    @Test
    void sharesStayWithinTheBudget() {
        for (long budget : new long[] {16 * MIB, 32 * MIB, 100 * MIB, 512 * MIB, 8192 * MIB}) {
            for (long cache : new long[] {0, 4 * MIB, 64 * MIB, 1L << 40}) {
                for (long memtable : new long[] {4096, MIB, 64 * MIB, 1L << 30}) {
                    LsmConfig config = LsmConfig.of(context(budget, Map.of("path", "", "block_cache_size", cache,
                            "mem_table_size", memtable, "max_mem_tables", 64)), root);
                    long memtables = config.memtableBytes() * (config.stalls().maxImmutables() + 1);
                    assertThat(memtables + config.cacheBytes() + config.pinBytes())
                            .as("budget %d, cache %d, memtable %d", budget, cache, memtable)
                            .isLessThanOrEqualTo(budget);
                }
            }
        }
    }

    @Test
    void usesNoMoreUnderLoad() {
        long budget = 16 * MIB;
        LsmEngineProvider engine = new LsmEngineProvider();
        Random random = new Random(1);
        try (KVStore store = (KVStore) engine.open(StoreKind.KEY_VALUE, context(budget, Map.of("path", "",
                "block_cache_size", 1L << 40, "compression_type", "none", "sync_writes", false,
                "value_threshold", MIB)))) {
            byte[] value = new byte[1000];
            for (int i = 0; i < 24_000; i++) {
                random.nextBytes(value);
                store.put(Integer.toString(random.nextInt(20_000)).getBytes(US_ASCII),
                        value);
                if (i % 1000 == 0) {
                    Map<String, Double> now = store.metrics().gauges();
                    double memtables = now.get("memtable_bytes") + now.get("waiting_memtables") * 2 * MIB;
                    assertThat(memtables + now.get("cache_bytes") + now.get("pinned_bytes")).isLessThan(budget);
                }
            }
        }
    }
}
