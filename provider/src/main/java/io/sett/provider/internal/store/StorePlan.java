// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.store;

import io.sett.api.common.StoreKind;
import io.sett.provider.internal.binding.BoundConfig;
import io.sett.provider.internal.binding.EngineChoice;
import io.sett.spi.settings.SettingValue;
import java.util.Map;

/**
 * How a store is to be opened.
 *
 * @param kind its kind
 * @param name its name
 * @param choice its engine
 * @param section where its own values stand, for messages
 * @param own values beyond the section of the engine
 * @param created whether the program made it and the configuration does not know it
 */
record StorePlan(StoreKind kind, String name, EngineChoice choice, String section, Map<String, SettingValue> own,
        boolean created) {

    String id() {
        return BoundConfig.id(kind, name);
    }
}
