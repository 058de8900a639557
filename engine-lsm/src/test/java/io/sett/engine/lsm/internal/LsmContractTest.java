// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.spi.EngineProvider;
import io.sett.testkit.kv.KVStoreContract;

/** The contract of key-value stores, with the documented defaults. */
class LsmContractTest extends KVStoreContract {

    @Override
    protected EngineProvider engine() {
        return new LsmEngineProvider();
    }
}
