// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

/**
 * One value in force.
 *
 * @param key its full path
 * @param text the value as it would be written
 * @param origin where it comes from
 */
public record ConfiguredValue(String key, String text, String origin) {
}
