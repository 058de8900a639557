// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.spi.settings.EngineSettings;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;

/**
 * The settings of a file store in a key-value store.
 *
 * @param engine id of the key-value engine
 * @param engineSettings its settings, {@code key=value} joined by commas
 * @param rootPath data root of the key-value engine
 * @param maxFileSize longest content in bytes
 * @param verification whether a SHA-256 is computed and checked
 * @param maxTotalSize limit on all content in bytes, 0 for none
 * @param maxFiles limit on the number of files, 0 for none
 */
public record KeyValueFileSettings(String engine, String engineSettings, String rootPath, long maxFileSize,
        boolean verification, long maxTotalSize, long maxFiles) {

    private static final Setting<String> ENGINE = Setting.text("key_value_engine", "badger",
            "The key-value engine that keeps the files.");
    private static final Setting<String> ENGINE_SETTINGS = Setting.text("key_value_settings", "",
            "Settings of the key-value engine that differ from its defaults: key=value, joined by commas.");
    private static final Setting<String> ROOT_PATH = Setting.text("root_path", "./data/kvfile",
            "Directory of the store, resolved against storage.data_root; relative paths of the key-value engine are "
                    + "resolved against it.");
    private static final Setting<Long> MAX_FILE_SIZE = Setting.sizeInMebibytes("max_file_size", 1024L << 20, 1,
            Long.MAX_VALUE, "Longest file. A number without a unit counts MiB. A longer one is refused with "
                    + "ENTRY_TOO_LARGE and leaves nothing.");
    private static final Setting<Boolean> VERIFICATION = Setting.flag("file_verification_enabled", true,
            "Computes the SHA-256 of each file when it is written and checks it when the file is read to its end. "
                    + "Each chunk carries a CRC32C that is checked on every read in any case.");
    private static final Setting<Long> MAX_TOTAL_SIZE = Setting.size("max_total_size", 0, 0, Long.MAX_VALUE,
            "Limit on the content of all files together, 0 for none. Over it: QUOTA_EXCEEDED.");
    private static final Setting<Long> MAX_FILES = Setting.number("max_files", 0, 0, Long.MAX_VALUE, "files",
            "Limit on the number of files, 0 for none. Over it: QUOTA_EXCEEDED.");

    /** All of them. */
    public static final SettingsSchema SCHEMA = SettingsSchema.of(ENGINE, ENGINE_SETTINGS, ROOT_PATH, MAX_FILE_SIZE,
            VERIFICATION, MAX_TOTAL_SIZE, MAX_FILES);

    /** The values. */
    public static KeyValueFileSettings of(EngineSettings settings) {
        return new KeyValueFileSettings(settings.get(ENGINE), settings.get(ENGINE_SETTINGS), settings.get(ROOT_PATH),
                settings.get(MAX_FILE_SIZE), settings.get(VERIFICATION), settings.get(MAX_TOTAL_SIZE),
                settings.get(MAX_FILES));
    }
}
