// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import io.sett.api.common.Capability;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;
import java.time.Duration;
import java.util.Set;

/** The settings of the section {@code storage.sqlite}, the same for both kinds, and what the engine can do. */
public final class SqliteSettings {

    /** The id of the engine. */
    public static final String ENGINE = "sqlite";

    /** What a SQL store can do. */
    public static final Set<Capability> SQL_CAPABILITIES = Set.of(Capability.PERSISTENT, Capability.DEADLINES,
            Capability.SERIALIZABLE, Capability.SAVEPOINTS, Capability.QUERY_CACHE, Capability.STREAMS,
            Capability.BACKUP, Capability.VERIFY);

    /** What a key-value store can do. */
    public static final Set<Capability> KEY_VALUE_CAPABILITIES = Set.of(Capability.PERSISTENT, Capability.SYNC_WRITES,
            Capability.TTL, Capability.USER_METADATA, Capability.SERIALIZABLE, Capability.ASYNC_COMMIT,
            Capability.SNAPSHOTS, Capability.RANGE_DELETE, Capability.KEYSPACES, Capability.DEADLINES,
            Capability.COMPACTION, Capability.VERIFY);

    /** Longest duration that a setting may have. */
    private static final Duration YEAR = Duration.ofDays(366);

    public static final Setting<String> DB_PATH = Setting.text("db_path", "./data/sqlite/storage.db",
            "File of a SQL store, resolved against storage.data_root; parents are created. Beside it lie the "
                    + "write-ahead log (-wal), its index (-shm) and the owner's mark (.lock). A file belongs "
                    + "to one store at a time.")
            .limited("a path", path -> !path.isBlank());
    public static final Setting<String> KV_DB_PATH = Setting.text("kv_db_path", "",
            "File of a key-value store. Empty: beside db_path, with -kv before the extension.");
    public static final Setting<String> KV_TABLE = Setting.text("kv_table", "sett_kv",
            "Table that holds the entries of a key-value store.")
            .limited("1 to 40 letters, digits and underscores, no digit first",
                    name -> name.matches("[A-Za-z_][A-Za-z0-9_]{0,39}") && !name.startsWith("sqlite_"));
    public static final Setting<Duration> KV_SWEEP_INTERVAL = Setting.duration("kv_sweep_interval",
            Duration.ofMinutes(1), Duration.ofMillis(100), YEAR,
            "How often expired entries of a key-value store are removed. They are invisible as soon as they expire.");
    public static final Setting<Long> MAX_OPEN_CONNS = Setting.number("max_open_conns", 25, 1, 1000, "connections",
            "Connections for reading; the writer has one more. Each query, open stream and read-only transaction takes "
                    + "one; in a key-value store each version of the data that a cursor, snapshot or transaction "
                    + "holds.");
    public static final Setting<Long> MAX_IDLE_CONNS = Setting.number("max_idle_conns", 10, 0, 1000, "connections",
            "Connections for reading that are kept open while nobody uses them.");
    public static final Setting<Duration> CONN_MAX_LIFETIME = Setting.duration("conn_max_lifetime",
            Duration.ofMinutes(5), Duration.ofSeconds(1), YEAR,
            "A connection for reading that is older is replaced by a new one when nobody uses it.");
    public static final Setting<Duration> TX_TIMEOUT = Setting.duration("tx_timeout", Duration.ofSeconds(30),
            Duration.ofMillis(1), YEAR,
            "How long a transaction may be open and a statement may run when the call says nothing else. Streams may "
                    + "stay open for longer.");
    public static final Setting<Duration> BUSY_TIMEOUT = Setting.duration("busy_timeout", Duration.ofSeconds(10),
            Duration.ofMillis(1), Duration.ofHours(1),
            "How long a call waits for its turn to write, for a free connection, or for another process that uses the "
                    + "file.");
    public static final Setting<Long> CACHE_SIZE = Setting.number("cache_size", -64_000, -64L << 20, 64L << 20, "",
            "Page cache of each connection: a positive number counts pages, a negative one KiB. An upper limit, "
                    + "taken as it is needed; lower it where memory is scarce.");
    public static final Setting<Long> PAGE_SIZE = Setting.number("page_size", 4096, 512, 65_536, "bytes",
            "Page size of a new database; an existing one keeps its own.")
            .limited("a power of two from 512 to 65536",
                    size -> size >= 512 && size <= 65_536 && Long.bitCount(size) == 1);
    public static final Setting<SyncMode> SYNC_MODE = Setting.choice("sync_mode", SyncMode.class, SyncMode.NORMAL,
            "When data is forced to the device: off (a power cut may damage the database), normal (with WAL a power "
            + "cut "
                    + "may undo the last commits), full or extra (never). The end of the process undoes nothing in any "
                    + "mode.");
    public static final Setting<JournalMode> JOURNAL_MODE = Setting.choice("journal_mode", JournalMode.class,
            JournalMode.WAL, "How changes are noted. Only with wal readers and the writer do not wait for each other; "
                    + "key-value stores need wal.");
    public static final Setting<Boolean> ENABLE_WAL = Setting.flag("enable_wal", true,
            "false has the effect of journal_mode = delete.");
    public static final Setting<Boolean> ENABLE_FOREIGN_KEYS = Setting.flag("enable_foreign_keys", true,
            "Whether foreign keys are enforced.");
    public static final Setting<Duration> VACUUM_INTERVAL = Setting.duration("vacuum_interval", Duration.ofHours(24),
            Duration.ZERO, YEAR,
            "How often free pages are given back to the file system, in small steps; 0s for never.");
    public static final Setting<Boolean> ENABLE_QUERY_CACHE = Setting.flag("enable_query_cache", true,
            "Whether results of queries are kept until a table they read is written.");
    public static final Setting<Long> QUERY_CACHE_SIZE = Setting.size("query_cache_size", 100L << 20, 0, 1L << 40,
            "Bytes that kept results may take.");
    public static final Setting<Duration> QUERY_CACHE_TTL = Setting.duration("query_cache_ttl", Duration.ofMinutes(5),
            Duration.ofMillis(1), YEAR, "How long a result is kept at most.");

    public static final Setting<Long> BATCH_SIZE = Setting.number("batch_size", 1000, 1, 1_000_000, "writes",
            "A key-value store gathers commits that wait at the same time into one transaction of SQLite; one that "
                    + "has so many writes takes no further commit. A single commit may have more.");
    public static final Setting<Boolean> ENABLE_BATCH_OPTIMIZATION = Setting.flag("enable_batch_optimization", true,
            "Whether a key-value store gathers commits; false makes each one a transaction of SQLite of its own.");

    /** All settings in the order of the reference page. */
    public static final SettingsSchema SCHEMA = SettingsSchema.of(DB_PATH, MAX_OPEN_CONNS, MAX_IDLE_CONNS,
            CONN_MAX_LIFETIME, TX_TIMEOUT, BUSY_TIMEOUT, CACHE_SIZE, PAGE_SIZE, SYNC_MODE, JOURNAL_MODE,
            VACUUM_INTERVAL, ENABLE_WAL, ENABLE_FOREIGN_KEYS, ENABLE_QUERY_CACHE, QUERY_CACHE_SIZE, QUERY_CACHE_TTL,
            KV_DB_PATH, KV_TABLE, KV_SWEEP_INTERVAL, BATCH_SIZE,
            ENABLE_BATCH_OPTIMIZATION);

    private SqliteSettings() {
    }
}
