// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.engine.lsm.internal.codec.CompressionType;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of the value log of one store. Immutable.
 *
 * @param directory of logs and value-log files
 * @param threshold longer values are stored apart from their keys
 * @param fileBytes a file ends before it would be longer, unless a single commit is
 * @param codec of the values
 * @param codecLevel of zstd
 * @param gcEnabled whether it is collected by itself
 * @param gcInterval time between looks for garbage
 * @param gcThreshold dead part of a file from which on it is rewritten by itself
 */
record ValueLogConfig(Path directory, long threshold, long fileBytes, CompressionType codec, int codecLevel,
        boolean gcEnabled, Duration gcInterval, double gcThreshold) {

    static ValueLogConfig of(EngineContext context, Path store) {
        EngineSettings settings = context.settings();
        String directory = settings.get(LsmSettings.VALUE_DIR);
        boolean beside = directory.isEmpty() || settings.get(LsmSettings.IN_MEMORY);
        return new ValueLogConfig(beside ? store : context.resolve(directory),
                settings.get(LsmSettings.VALUE_THRESHOLD), settings.get(LsmSettings.VALUE_LOG_FILE_SIZE),
                settings.get(LsmSettings.COMPRESS_VALUES) ? settings.get(LsmSettings.COMPRESSION_TYPE)
                        : CompressionType.NONE, settings.get(LsmSettings.ZSTD_LEVEL).intValue(),
                settings.get(LsmSettings.GC_ENABLED), settings.get(LsmSettings.GC_INTERVAL),
                settings.get(LsmSettings.GC_THRESHOLD));
    }
}
