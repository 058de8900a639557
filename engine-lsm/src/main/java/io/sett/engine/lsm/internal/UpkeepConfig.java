// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.spi.settings.EngineSettings;
import java.time.Duration;

/**
 * What a store does now and then. Immutable.
 *
 * @param healthChecks whether health is checked by itself
 * @param healthInterval time between checks
 * @param metrics whether latencies are sampled and numbers are told by themselves
 * @param metricsInterval time between tellings
 * @param compacts whether tables are compacted by themselves
 * @param compactionInterval time between looks for work that no write has caused
 * @param longTransaction age from which on a transaction is warned of
 */
record UpkeepConfig(boolean healthChecks, Duration healthInterval, boolean metrics, Duration metricsInterval,
        boolean compacts, Duration compactionInterval, Duration longTransaction) {

    static UpkeepConfig of(EngineSettings settings) {
        return new UpkeepConfig(settings.get(LsmSettings.HEALTH_CHECK_ENABLED),
                settings.get(LsmSettings.HEALTH_CHECK_INTERVAL), settings.get(LsmSettings.METRICS_ENABLED),
                settings.get(LsmSettings.METRICS_INTERVAL), settings.get(LsmSettings.AUTO_COMPACTION),
                settings.get(LsmSettings.COMPACTION_INTERVAL), settings.get(LsmSettings.TRANSACTION_WARN_AGE));
    }
}
