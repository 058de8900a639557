// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger;

import io.sett.api.StorageProvider;
import io.sett.examples.ledger.store.LedgerStores;

/** The stores of the ledger together with the provider that opened and will close them. */
final class OpenLedger implements AutoCloseable {
    private final StorageProvider provider;
    private final LedgerStores stores;

    private OpenLedger(StorageProvider provider, LedgerStores stores) {
        this.provider = provider;
        this.stores = stores;
    }

    /** Starts the provider and opens the default store of each kind; closes the provider if one of them fails. */
    static OpenLedger start(StorageProvider provider) {
        try {
            provider.start();
            return new OpenLedger(provider, new LedgerStores(provider.getKVStore(), provider.getFileStore(),
                    provider.getSQLStore(), provider.getCacheStore()));
        } catch (RuntimeException failure) {
            try {
                provider.close();
            } catch (RuntimeException another) {
                failure.addSuppressed(another);
            }
            throw failure;
        }
    }

    LedgerStores stores() {
        return stores;
    }

    @Override
    public void close() {
        provider.close();
    }
}
