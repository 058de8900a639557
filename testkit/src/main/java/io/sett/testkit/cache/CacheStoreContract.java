// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.cache;

import io.sett.api.cache.CacheStore;
import io.sett.testkit.StoreContract;

/**
 * What every cache must do. Extend it and name the engine; run it once more with a memory limit of at most 64 MiB in
 * {@code settings()} to see evictions.
 */
public abstract class CacheStoreContract extends StoreContract<CacheStore> implements CacheBasicTheme, CacheExpiryTheme,
        CacheBatchTheme, CachePatternTheme, CacheOperationsTheme, CacheModelTheme,
        CacheCloseTheme {

    /** For engines. */
    protected CacheStoreContract() {
        super(CacheStore.class);
    }
}
