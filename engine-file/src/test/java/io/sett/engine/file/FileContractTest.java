// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import io.sett.engine.file.internal.FileEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.file.FileStoreContract;

class FileContractTest extends FileStoreContract {

    @Override
    protected EngineProvider engine() {
        return new FileEngineProvider();
    }
}
