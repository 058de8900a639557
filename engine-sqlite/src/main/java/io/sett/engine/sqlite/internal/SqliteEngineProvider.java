// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.engine.sqlite.internal.db.SqliteSettings;
import io.sett.engine.sqlite.internal.kv.SqliteKVStore;
import io.sett.engine.sqlite.internal.sql.SqliteSQLStore;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.SpiVersion;
import io.sett.spi.keyspace.KeyspaceStore;
import io.sett.spi.settings.SettingsSchema;
import java.util.Set;

/** The engine as a service. Touches neither driver nor pool before a store is opened. */
public final class SqliteEngineProvider implements EngineProvider {

    private static final SpiVersion SPI = new SpiVersion(1, 0);
    private static final Set<StoreKind> KINDS = Set.of(StoreKind.SQL, StoreKind.KEY_VALUE);

    /** A factory without state. */
    public SqliteEngineProvider() {
    }

    @Override
    public String id() {
        return SqliteSettings.ENGINE;
    }

    @Override
    public SpiVersion spiVersion() {
        return SPI;
    }

    @Override
    public Set<StoreKind> kinds() {
        return KINDS;
    }

    @Override
    public Set<Capability> capabilities(StoreKind kind) {
        return switch (kind) {
            case SQL -> SqliteSettings.SQL_CAPABILITIES;
            case KEY_VALUE -> SqliteSettings.KEY_VALUE_CAPABILITIES;
            default -> Set.of();
        };
    }

    @Override
    public SettingsSchema schema(StoreKind kind) {
        return SqliteSettings.SCHEMA;
    }

    @Override
    public String artifact() {
        return "io.sett:engine-sqlite";
    }

    @Override
    public Store open(StoreKind kind, EngineContext context) {
        return switch (kind) {
            case SQL -> SqliteSQLStore.open(context);
            case KEY_VALUE -> KeyspaceStore.over(SqliteKVStore.open(context));
            default -> throw new InvalidOperationException(ErrorCode.INVALID_STORAGE_TYPE, "engine '" + id()
                    + "' offers no " + kind.label() + "; it offers a SQL store and a key-value store");
        };
    }
}
