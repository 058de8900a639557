// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import io.sett.engine.file.internal.TempEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.file.TempStoreContract;

class TempContractTest extends TempStoreContract {

    @Override
    protected EngineProvider engine() {
        return new TempEngineProvider();
    }
}
