// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import io.sett.api.common.Capability;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The settings of one database, read once.
 *
 * @param store name of the store, for messages
 * @param kind kind of the store, for messages
 * @param file absolute path of the database file
 * @param maxReaders connections for reading
 * @param maxIdle of them kept open while unused
 * @param maxLifetime after which a connection is replaced
 * @param busyTimeout how long to wait for a turn
 * @param txTimeout how long transactions and statements may take
 * @param cacheSize of each connection, as SQLite counts it
 * @param pageSize of a new database
 * @param syncMode when data is forced
 * @param journalMode how changes are noted
 * @param foreignKeys whether they are enforced
 */
public record DatabaseOptions(String store, StoreKind kind, Path file, int maxReaders, int maxIdle,
        Duration maxLifetime, Duration busyTimeout, Duration txTimeout, long cacheSize, long pageSize,
        SyncMode syncMode,
        JournalMode journalMode, boolean foreignKeys) {

    /** The options of a store. */
    public static DatabaseOptions of(EngineContext context) {
        EngineSettings settings = context.settings();
        boolean wal = settings.get(SqliteSettings.ENABLE_WAL);
        JournalMode mode = settings.get(SqliteSettings.JOURNAL_MODE);
        return new DatabaseOptions(context.name(), context.kind(), file(context),
                settings.get(SqliteSettings.MAX_OPEN_CONNS).intValue(),
                settings.get(SqliteSettings.MAX_IDLE_CONNS).intValue(), settings.get(SqliteSettings.CONN_MAX_LIFETIME),
                settings.get(SqliteSettings.BUSY_TIMEOUT), settings.get(SqliteSettings.TX_TIMEOUT),
                settings.get(SqliteSettings.CACHE_SIZE), settings.get(SqliteSettings.PAGE_SIZE),
                settings.get(SqliteSettings.SYNC_MODE), wal || mode != JournalMode.WAL ? mode : JournalMode.DELETE,
                settings.get(SqliteSettings.ENABLE_FOREIGN_KEYS));
    }

    private static Path file(EngineContext context) {
        String configured = context.settings().get(SqliteSettings.DB_PATH);
        if (context.kind() == StoreKind.KEY_VALUE) {
            String own = context.settings().get(SqliteSettings.KV_DB_PATH);
            configured = own.isBlank() ? besides(configured) : own;
        }
        return onDisk(context.name(), context.resolve(configured)).toAbsolutePath().normalize();
    }

    /** Refuses a path that SQLite, which opens files itself, cannot reach. */
    public static Path onDisk(String store, Path file) {
        if (file.getFileSystem() != FileSystems.getDefault()) {
            throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + store + "': SQLite opens "
                    + "files of the system's own file system only, and " + file + " is one of "
                    + file.getFileSystem().provider().getScheme() + ":; choose another path or another engine",
                    Map.of("store", store, "file", file, "capability", Capability.IN_MEMORY));
        }
        return file;
    }

    private static String besides(String path) {
        int dot = path.lastIndexOf('.');
        boolean hasExtension = dot > Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
        return hasExtension ? path.substring(0, dot) + "-kv" + path.substring(dot) : path + "-kv";
    }
}
