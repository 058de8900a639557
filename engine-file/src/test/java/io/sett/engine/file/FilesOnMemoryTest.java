// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

class FilesOnMemoryTest extends KeyValueFileContract {

    FilesOnMemoryTest() {
        super("memory");
    }
}
