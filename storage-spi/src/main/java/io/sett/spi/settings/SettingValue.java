// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.settings;

/**
 * A configured value as it was written.
 *
 * @param raw a String, Number, Boolean, List or Map
 * @param origin where it was written ({@code storage.conf: 12}), for messages
 */
public record SettingValue(Object raw, String origin) {
}
