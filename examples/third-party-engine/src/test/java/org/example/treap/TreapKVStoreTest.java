// SPDX-License-Identifier: Apache-2.0
package org.example.treap;

import io.sett.spi.EngineProvider;
import io.sett.testkit.kv.KVStoreContract;

/** All that an engine needs to be proved. */
class TreapKVStoreTest extends KVStoreContract {

    @Override
    protected EngineProvider engine() {
        return new TreapEngineProvider();
    }
}
