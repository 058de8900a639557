// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.sql;

import io.sett.api.sql.SQLStore;
import io.sett.testkit.StoreContract;

/** What every SQL store must do. Extend it and name the engine. */
public abstract class SQLStoreContract extends StoreContract<SQLStore>
        implements SqlBasicTheme, SqlTransactionTheme, SqlOperationsTheme {

    /** For engines. */
    protected SQLStoreContract() {
        super(SQLStore.class);
    }
}
