// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import io.sett.api.common.StoreKind;
import io.sett.spi.settings.SettingValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A named store of the configuration.
 *
 * @param kind its kind
 * @param name its name
 * @param engine id of its engine
 * @param engineOrigin the key that chose the engine, with its place
 * @param eager whether it is opened at the start
 * @param values what it says beyond the section of the engine
 */
public record InstanceConfig(StoreKind kind, String name, String engine, String engineOrigin, boolean eager,
        Map<String, SettingValue> values) {

    /** Copies the map and keeps its order. */
    public InstanceConfig {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Full path of its section. */
    public String section() {
        return "storage." + CoreSettings.INSTANCES + "." + kind.key() + "." + name;
    }
}
