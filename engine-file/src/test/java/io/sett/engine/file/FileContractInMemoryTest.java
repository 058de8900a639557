// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.sett.engine.file.internal.FileEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.file.FileStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/** The same contract on a file system in memory: nothing may depend on the default one. */
class FileContractInMemoryTest extends FileStoreContract {

    private static final FileSystem MEMORY = Jimfs.newFileSystem(Configuration.unix());

    @AfterAll
    static void closeFileSystem() throws IOException {
        MEMORY.close();
    }

    @Override
    protected EngineProvider engine() {
        return new FileEngineProvider();
    }

    @Override
    protected String variant() {
        return "memory";
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
                    return Files.createTempDirectory(MEMORY.getPath("/work"), "store");
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        };
    }
}
