// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import org.junit.jupiter.api.AfterAll;

/** On a file system in memory with the rules of macOS: it takes some names for others. */
class FileContractOnMacTest extends FileContractInMemory {

    private static final FileSystem MEMORY = Jimfs.newFileSystem(Configuration.osX());

    FileContractOnMacTest() {
        super(MEMORY.getPath("").toAbsolutePath());
    }

    @AfterAll
    static void closeFileSystem() throws IOException {
        MEMORY.close();
    }

    @Override
    protected String variant() {
        return "mac";
    }
}
