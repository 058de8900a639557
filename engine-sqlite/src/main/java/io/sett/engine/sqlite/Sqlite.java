// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import io.sett.api.common.StoreKind;
import io.sett.api.kv.KVStore;
import io.sett.api.sql.SQLStore;
import io.sett.engine.sqlite.internal.SqliteEngineProvider;
import io.sett.spi.EngineContext;
import io.sett.spi.Engines;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.util.Map;

/**
 * Opens stores on SQLite with default settings.
 *
 * <pre>{@code
 * try (SQLStore sql = Sqlite.open(Path.of("data/ledger.db"))) {
 *     sql.execute("create table if not exists person (id integer primary key, name text not null)");
 * }
 * }</pre>
 *
 * <p>A file belongs to one store at a time; parents are created. Errors are those of
 * {@link io.sett.spi.EngineProvider#open}.
 */
public final class Sqlite {

    private Sqlite() {
    }

    /** Opens a SQL store on this file of the default file system. */
    public static SQLStore open(Path file) {
        return open(SQLStore.class, file, "db_path");
    }

    /** Opens a key-value store on this file of the default file system. */
    public static KVStore openKeyValue(Path file) {
        return open(KVStore.class, file, "kv_db_path");
    }

    private static <S extends io.sett.api.common.Store> S open(Class<S> type, Path file, String key) {
        SqliteEngineProvider engine = new SqliteEngineProvider();
        StoreKind kind = Engines.kindOf(type);
        EngineSettings settings = EngineSettings.of("the settings of " + file, engine.schema(kind),
                Map.of(key, file.toString()));
        String name = String.valueOf(file.getFileName());
        return Engines.open(type, engine, EngineContext.of(name, kind, settings).withDataRoot(file.getFileSystem()
                .getPath("")));
    }
}
