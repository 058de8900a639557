// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import io.sett.api.file.TempStore;
import io.sett.testkit.StoreContract;

/** What every temporary store must do. Extend it and name the engine. */
public abstract class TempStoreContract extends StoreContract<TempStore> implements TempTheme, TempCloseTheme {

    /** For engines. */
    protected TempStoreContract() {
        super(TempStore.class);
    }
}
