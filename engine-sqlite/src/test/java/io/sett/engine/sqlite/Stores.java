// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import io.sett.api.common.StoreKind;
import io.sett.api.kv.KVStore;
import io.sett.api.sql.SQLStore;
import io.sett.engine.sqlite.internal.SqliteEngineProvider;
import io.sett.spi.EngineContext;
import io.sett.spi.Engines;
import io.sett.spi.HandleTracking;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Opens stores for tests. */
final class Stores {

    private Stores() {
    }

    static SQLStore sql(Path directory, Map<String, ?> more) {
        return sql(directory, more, Clock.systemUTC());
    }

    static SQLStore sql(Path directory, Map<String, ?> more, Clock clock) {
        return Engines.open(SQLStore.class, new SqliteEngineProvider(), context(StoreKind.SQL, directory, more)
                .withClock(clock));
    }

    static KVStore kv(Path directory, Map<String, ?> more) {
        return Engines.open(KVStore.class, new SqliteEngineProvider(), context(StoreKind.KEY_VALUE, directory, more));
    }

    private static EngineContext context(StoreKind kind, Path directory, Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putIfAbsent("db_path", "store.db");
        EngineSettings checked = EngineSettings.of("test", new SqliteEngineProvider().schema(kind), settings);
        return EngineContext.of("test", kind, checked).withDataRoot(directory).withHandles(HandleTracking.FULL);
    }
}
