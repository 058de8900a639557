// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

class FilesOnSqliteTest extends KeyValueFileContract {

    FilesOnSqliteTest() {
        super("sqlite");
    }
}
