// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.temp;

import io.sett.engine.file.internal.io.Rights;
import io.sett.spi.settings.EngineSettings;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;
import java.time.Duration;

/**
 * The settings of a temporary store.
 *
 * @param tempPath directory under which each open store has its own
 * @param maxSize limit on bytes
 * @param maxFiles limit on files and directories
 * @param autoCleanup whether expired files are removed periodically
 * @param cleanupInterval how often
 * @param maxAge default time to live
 * @param cacheSize bytes of content kept in memory for reading
 * @param bufferSize bytes of a stream's buffer
 * @param rights of new files and directories
 */
public record TempSettings(String tempPath, long maxSize, long maxFiles, boolean autoCleanup,
        Duration cleanupInterval, Duration maxAge, long cacheSize, int bufferSize, Rights rights) {

    private static final Setting<String> TEMP_PATH = Setting.text("temp_path", "./data/temp",
            "Directory under which each open store makes one of its own; resolved against storage.data_root.");
    private static final Setting<Long> MAX_SIZE = Setting.size("max_size", 1L << 30, 1, Long.MAX_VALUE,
            "Limit on the content of all files together. Over it: QUOTA_EXCEEDED, after expired files were removed.");
    private static final Setting<Long> MAX_FILES = Setting.number("max_files", 10_000, 1, Long.MAX_VALUE, "files",
            "Limit on the number of files and directories. Over it: QUOTA_EXCEEDED.");
    private static final Setting<Boolean> AUTO_CLEANUP = Setting.flag("auto_cleanup", true,
            "Removes expired files every cleanup_interval. An expired file is never shown in any case.");
    private static final Setting<Duration> CLEANUP_INTERVAL = Setting.duration("cleanup_interval", Duration.ofHours(1),
            Duration.ofMillis(100), Duration.ofDays(365), "How often expired files are removed.");
    private static final Setting<Duration> MAX_AGE = Setting.duration("max_age", Duration.ofHours(24),
            Duration.ofMillis(1), Duration.ofDays(3650), "Time to live of files that are made without one.");
    private static final Setting<Long> CACHE_SIZE = Setting.size("cache_size", 64L << 20, 0, Long.MAX_VALUE,
            "Content of files up to buffer_size that is kept in memory for reading again; 0 for none. Memory is taken "
                    + "only for files that are read.");
    private static final Setting<Long> BUFFER_SIZE = Setting.size("buffer_size", 32L << 10, 512, 64L << 20,
            "Buffer of each stream.");
    private static final Setting<String> DIR_PERM = Setting.text("dir_perm", "0700",
            "Rights of new directories in octal, whatever the umask. Without effect on Windows.")
            .limited("three octal digits such as 0700", Rights::isOctal);
    private static final Setting<String> FILE_PERM = Setting.text("file_perm", "0600",
            "Rights of new files in octal, whatever the umask. Without effect on Windows.")
            .limited("three octal digits such as 0600", Rights::isOctal);

    /** All of them. */
    public static final SettingsSchema SCHEMA = SettingsSchema.of(TEMP_PATH, MAX_SIZE, MAX_FILES, AUTO_CLEANUP,
            CLEANUP_INTERVAL, MAX_AGE, CACHE_SIZE, BUFFER_SIZE, DIR_PERM, FILE_PERM);

    /** The values. */
    public static TempSettings of(EngineSettings settings) {
        return new TempSettings(settings.get(TEMP_PATH), settings.get(MAX_SIZE), settings.get(MAX_FILES),
                settings.get(AUTO_CLEANUP), settings.get(CLEANUP_INTERVAL), settings.get(MAX_AGE),
                settings.get(CACHE_SIZE), Math.toIntExact(settings.get(BUFFER_SIZE)),
                Rights.parse(settings.get(FILE_PERM), settings.get(DIR_PERM)));
    }
}
