// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.spi.EngineProvider;
import io.sett.spi.EngineRegistry;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The engine that a store is to use, and who says so.
 *
 * @param engine its id
 * @param chosenBy the key and its place, or the method of the program
 */
public record EngineChoice(String engine, String chosenBy) {

    /** The engine, or an error that also names who chose it. */
    public EngineProvider require(EngineRegistry registry, StoreKind kind) {
        try {
            return registry.require(engine, kind);
        } catch (ConfigurationException missing) {
            Map<String, Object> details = new LinkedHashMap<>(missing.details());
            details.put("chosenBy", chosenBy);
            throw new ConfigurationException(ErrorCode.STORAGE_ENGINE_NOT_FOUND,
                    missing.getMessage() + "\nIt was chosen by " + chosenBy + ".", details);
        }
    }
}
