// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import io.sett.engine.file.internal.FileEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.file.FileStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The same contract on a file system in memory: nothing may depend on the default one. */
abstract class FileContractInMemory extends FileStoreContract {

    private final Path work;

    /** On a file system whose directory for work this is. */
    FileContractInMemory(Path work) {
        this.work = work;
    }

    @Override
    protected EngineProvider engine() {
        return new FileEngineProvider();
    }

    @Override
    protected EngineHarness harness() {
        return new EngineHarness() {
            @Override
            public EngineProvider provider() {
                return engine();
            }

            @Override
            public Path newDirectory() {
                try {
                    return Files.createTempDirectory(work, "store");
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        };
    }
}
