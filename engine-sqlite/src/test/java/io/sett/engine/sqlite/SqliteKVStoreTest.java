// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import io.sett.engine.sqlite.internal.SqliteEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.kv.KVStoreContract;

/** The contract of key-value stores. */
class SqliteKVStoreTest extends KVStoreContract {

    @Override
    protected EngineProvider engine() {
        return new SqliteEngineProvider();
    }
}
