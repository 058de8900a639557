// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.engine.file.internal.io.Rights;
import io.sett.spi.settings.EngineSettings;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;

/**
 * The settings of a file store.
 *
 * @param rootPath directory of the store
 * @param maxFileSize longest content in bytes
 * @param directoryIndex whether what is known of files is kept in memory
 * @param verification whether a SHA-256 is computed and checked
 * @param rights of new files and directories
 * @param maxTotalSize limit on all content in bytes, 0 for none
 * @param maxFiles limit on the number of files, 0 for none
 */
public record FileSettings(String rootPath, long maxFileSize, boolean directoryIndex, boolean verification,
        Rights rights, long maxTotalSize, long maxFiles) {

    private static final Setting<String> ROOT_PATH = Setting.text("root_path", "./data/files",
            "Directory of the store, resolved against storage.data_root.");
    private static final Setting<Long> MAX_FILE_SIZE = Setting.sizeInMebibytes("max_file_size", 1024L << 20, 1,
            Long.MAX_VALUE, "Longest file. A number without a unit counts MiB. A longer one is refused with "
                    + "ENTRY_TOO_LARGE and leaves nothing.");
    private static final Setting<Boolean> DIRECTORY_INDEX = Setting.flag("directory_index_enabled", true,
            "Keeps what is known of files (length, times, checksum) in memory, so that info and list do not open "
                    + "every file. Costs about 300 bytes for each of the last 10000 files asked for.");
    private static final Setting<Boolean> VERIFICATION = Setting.flag("file_verification_enabled", true,
            "Computes the SHA-256 of each file when it is written and checks it when the file is read to its end. "
                    + "Each 64 KiB carries a CRC32C that is checked on every read in any case.");
    private static final Setting<String> FILE_PERMISSIONS = Setting.text("file_permissions", "0644",
            "Rights of new files in octal, whatever the umask. Without effect on Windows.")
            .limited("three octal digits such as 0644", Rights::isOctal);
    private static final Setting<String> DIRECTORY_PERMISSIONS = Setting.text("directory_permissions", "0755",
            "Rights of new directories in octal, whatever the umask. Without effect on Windows.")
            .limited("three octal digits such as 0755", Rights::isOctal);
    private static final Setting<Long> MAX_TOTAL_SIZE = Setting.size("max_total_size", 0, 0, Long.MAX_VALUE,
            "Limit on the content of all files together, 0 for none. Over it: QUOTA_EXCEEDED.");
    private static final Setting<Long> MAX_FILES = Setting.number("max_files", 0, 0, Long.MAX_VALUE, "files",
            "Limit on the number of files, 0 for none. Over it: QUOTA_EXCEEDED.");

    /** All of them. */
    public static final SettingsSchema SCHEMA = SettingsSchema.of(ROOT_PATH, MAX_FILE_SIZE, DIRECTORY_INDEX,
            VERIFICATION, FILE_PERMISSIONS, DIRECTORY_PERMISSIONS, MAX_TOTAL_SIZE, MAX_FILES);

    /** The values. */
    public static FileSettings of(EngineSettings settings) {
        return new FileSettings(settings.get(ROOT_PATH), settings.get(MAX_FILE_SIZE), settings.get(DIRECTORY_INDEX),
                settings.get(VERIFICATION),
                Rights.parse(settings.get(FILE_PERMISSIONS), settings.get(DIRECTORY_PERMISSIONS)),
                settings.get(MAX_TOTAL_SIZE), settings.get(MAX_FILES));
    }
}
