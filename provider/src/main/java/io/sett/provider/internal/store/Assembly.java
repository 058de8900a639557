// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.store;

import io.sett.provider.internal.binding.BoundConfig;
import io.sett.spi.EngineRegistry;

/**
 * What a provider starts with.
 *
 * @param config the configuration, checked against the engines
 * @param engines the engines
 */
public record Assembly(BoundConfig config, EngineRegistry engines) {
}
