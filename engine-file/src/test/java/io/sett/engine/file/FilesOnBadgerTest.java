// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

class FilesOnBadgerTest extends KeyValueFileContract {

    FilesOnBadgerTest() {
        super("badger");
    }
}
