// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import io.sett.engine.sqlite.internal.SqliteEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.sql.SQLStoreContract;

/** The contract of SQL stores. */
class SqliteSQLStoreTest extends SQLStoreContract {

    @Override
    protected EngineProvider engine() {
        return new SqliteEngineProvider();
    }
}
