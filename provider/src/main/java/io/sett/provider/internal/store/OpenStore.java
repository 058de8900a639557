// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.store;

import io.sett.api.StoreInfo;
import io.sett.api.common.Store;
import java.time.Instant;
import java.util.Optional;

/**
 * A store that is open.
 *
 * @param plan how it was opened
 * @param store the store
 * @param location where it lies
 * @param openedAt when it was opened
 * @param events where its events go
 */
record OpenStore(StorePlan plan, Store store, Optional<String> location, Instant openedAt, StoreEvents events) {

    StoreInfo info() {
        return new StoreInfo(plan.name(), plan.kind(), store.engine(), location, openedAt, store.health());
    }
}
