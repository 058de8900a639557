// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import com.typesafe.config.Config;
import io.sett.provider.internal.source.ConfigLayers;
import java.util.List;

/**
 * Configuration from a {@code Config} of Typesafe Config that the program has at hand, such as
 * {@code ConfigFactory.load()}.
 *
 * <p>The one class whose signature names that library: a module that uses it requires {@code typesafe.config} itself.
 */
public final class TypesafeSource {

    private TypesafeSource() {
    }

    /**
     * Starts a builder.
     *
     * @param config has a section {@code storage}; other sections are left alone, and so are values from a
     *     {@code reference.conf}, which are the defaults. Resolved if it is not
     */
    @SuppressWarnings("exports")
    public static StorageProviders from(Config config) {
        return new StorageProviders(around -> List.of(ConfigLayers.of(config, around)));
    }
}
