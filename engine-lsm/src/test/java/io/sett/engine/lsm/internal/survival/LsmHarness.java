// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.survival;

import io.sett.engine.lsm.internal.LsmEngineProvider;
import io.sett.testkit.EngineHarness;
import java.util.HashMap;
import java.util.Map;

/** The engine with limits so small that a few commits rotate, flush, compact and collect. */
final class LsmHarness {

    /** Values that a store of {@link #separating} keeps apart from their keys are longer than this. */
    static final int THRESHOLD = 100;

    private LsmHarness() {
    }

    /** All values beside their keys. */
    static EngineHarness inline() {
        return EngineHarness.of(new LsmEngineProvider(), settings(1 << 20));
    }

    /** Longer values in the value log. */
    static EngineHarness separating() {
        return EngineHarness.of(new LsmEngineProvider(), settings(THRESHOLD));
    }

    private static Map<String, Object> settings(int threshold) {
        Map<String, Object> settings = new HashMap<>(Map.of("path", "", "mem_table_size", 65536, "base_table_size",
                8192, "base_level_size", 32768, "block_size", 256, "compression_type", "none", "level_zero_slowdown",
                40, "level_zero_stop", 80));
        settings.put("value_threshold", threshold);
        settings.put("value_log_file_size", 1 << 20);
        return settings;
    }
}
