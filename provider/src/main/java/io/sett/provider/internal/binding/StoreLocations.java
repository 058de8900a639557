// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import io.sett.api.StorageProvider;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingValue;
import io.sett.spi.settings.SettingsSchema;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Gives each named store a place of its own.
 *
 * <p>A setting is a location when it is a text and the last part of its path is {@code path}, {@code dir} or
 * {@code root}, or ends with one of these behind an underscore ({@code path}, {@code value_dir}, {@code backup_dir},
 * {@code root_path}, {@code db_path}). The store {@code default} uses the locations of its engine's section; any other
 * store {@code x} that does not set one itself uses the same with {@code -x} added, before the ending if there is one:
 * {@code ./data/badger-x}, {@code ./data/sqlite/storage-x.db}. Beside each other and not within each other, so that no
 * store finds the files of another one among its own. An empty location stays empty.
 * An engine of several kinds keeps the default stores of its kinds apart itself.
 */
final class StoreLocations {

    private StoreLocations() {
    }

    /** What is added to the locations of a store; empty when it uses those of the section. */
    static String suffix(String name) {
        return name.equals(StorageProvider.DEFAULT_NAME) || name.startsWith(BoundConfig.DEFAULT_ON) ? "" : name;
    }

    static boolean isLocation(Setting<?> setting) {
        String last = setting.path().substring(setting.path().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return setting.defaultValue() instanceof String && last.matches("(.*_)?(path|dir|root)");
    }

    /** Adds a suffix to the locations of a store, where it does not set them itself. */
    static void separate(String suffix, SettingsSchema schema, Map<String, SettingValue> own,
            Map<String, SettingValue> merged) {
        for (Setting<?> setting : schema.settings()) {
            if (isLocation(setting) && find(setting, schema, own).isEmpty()) {
                SettingValue general = find(setting, schema, merged)
                        .orElse(new SettingValue(setting.defaultValue(), "default"));
                String place = String.valueOf(general.raw());
                if (!place.isBlank()) {
                    SectionValues.overlay(merged, Map.of(setting.path(), new SettingValue(named(place, suffix),
                            general.origin() + ", with '-" + suffix + "' for this store")), schema);
                }
            }
        }
    }

    private static Optional<SettingValue> find(Setting<?> setting, SettingsSchema schema,
            Map<String, SettingValue> values) {
        return values.entrySet().stream().filter(entry -> setting.path()
                .equals(schema.aliases().getOrDefault(entry.getKey(), entry.getKey()))).map(Map.Entry::getValue)
                .findFirst();
    }

    static String named(String location, String name) {
        String trimmed = location.replaceAll("(?<=.)[/\\\\]+$", "");
        int slash = Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\'));
        String last = trimmed.substring(slash + 1);
        if (last.equals(".") || last.equals("..")) {
            return trimmed + "/" + name;
        }
        int dot = trimmed.lastIndexOf('.');
        boolean ending = dot > slash + 1;
        return ending ? trimmed.substring(0, dot) + "-" + name + trimmed.substring(dot) : trimmed + "-" + name;
    }
}
