// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.store;

import io.sett.api.cache.CacheStore;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.file.FileStore;
import io.sett.api.file.TempStore;
import io.sett.api.kv.KVStore;
import io.sett.api.sql.SQLStore;

/** The interface of each kind of store. */
public final class StoreTypes {

    private StoreTypes() {
    }

    /** The interface of a kind. */
    public static Class<? extends Store> of(StoreKind kind) {
        return switch (kind) {
            case KEY_VALUE -> KVStore.class;
            case CACHE -> CacheStore.class;
            case FILE -> FileStore.class;
            case TEMP -> TempStore.class;
            case SQL -> SQLStore.class;
        };
    }
}
