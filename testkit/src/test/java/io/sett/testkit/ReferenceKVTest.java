// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import io.sett.spi.EngineProvider;
import io.sett.testkit.kv.KVStoreContract;
import io.sett.testkit.reference.Fault;
import io.sett.testkit.reference.ReferenceEngine;

/** The kit acquits the reference engine. */
class ReferenceKVTest extends KVStoreContract {

    @Override
    protected EngineProvider engine() {
        return new ReferenceEngine(Fault.NONE, false);
    }
}
