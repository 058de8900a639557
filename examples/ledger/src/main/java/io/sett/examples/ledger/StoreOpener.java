// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger;

import io.sett.api.StorageProvider;
import java.nio.file.Path;
import java.util.Optional;

/** Makes a provider of stores from a configuration file. */
@FunctionalInterface
interface StoreOpener {
    /**
     * A provider that has not been started.
     *
     * @param configuration the file
     * @param dataRoot      what {@code storage.data_root} is to be, whatever the file says
     */
    StorageProvider open(Path configuration, Optional<Path> dataRoot);
}
