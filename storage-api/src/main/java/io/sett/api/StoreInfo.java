// SPDX-License-Identifier: Apache-2.0
package io.sett.api;

import io.sett.api.common.Health;
import io.sett.api.common.StoreKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A store that a provider has open.
 *
 * @param name its name
 * @param kind its kind
 * @param engine the id of its engine
 * @param location where its data lies; empty when only in memory
 * @param openedAt when it was opened
 * @param health how it is doing
 */
public record StoreInfo(String name, StoreKind kind, String engine, Optional<String> location, Instant openedAt,
        Health health) {

    /** Kind and name in one text ({@code "kv_store/default"}), different for every store of a provider. */
    public String id() {
        return kind.key() + "/" + name;
    }
}
