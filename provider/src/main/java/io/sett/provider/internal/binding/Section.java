// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import io.sett.spi.settings.SettingsSchema;

/**
 * A part of the tree with a schema of its own.
 *
 * @param name below the root, such as {@code badger}; empty for what lies directly below it
 * @param schema what may be in it
 * @param present false when the engine it belongs to is not there, so that nothing can be checked
 */
record Section(String name, SettingsSchema schema, boolean present) {

    /** Its full path. */
    String path() {
        return name.isEmpty() ? "storage" : "storage." + name;
    }

    /** The path below the root of one of its keys. */
    String below(String rest) {
        return name.isEmpty() ? rest : name + "." + rest;
    }
}
