// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Capability;
import io.sett.engine.lsm.internal.codec.CompressionType;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** The settings of section {@code storage.badger}, and what the engine can do. */
public final class LsmSettings {

    /** The id of the engine. */
    public static final String ENGINE = "badger";

    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration YEARS = Duration.ofDays(3660);

    static final Setting<String> PATH = Setting.text("path", "./data/badger",
            "Directory of the store, made with its parents; relative to storage.data_root.");
    static final Setting<String> VALUE_DIR = Setting.text("value_dir", "",
            "Directory of the value log; empty for the directory of the store.");
    static final Setting<Long> VALUE_LOG_FILE_SIZE = Setting.size("value_log_file_size", 1L << 30, 4096,
            (2L << 30) - 1, "A file of the value log is closed before it would be longer, unless one commit is.");
    static final Setting<Long> VALUE_THRESHOLD = Setting.size("value_threshold", 32, 0, 1L << 30,
            "Longer values go to the value log, shorter ones stay with their keys; see docs/tuning.md.");
    static final Setting<Boolean> SYNC_WRITES = Setting.flag("sync_writes", true,
            "Whether a commit survives a power cut before it is acknowledged; if not it survives the end of the process.");
    static final Setting<Long> MEM_TABLE_SIZE = Setting.size("mem_table_size", 64L << 20, 4096, 1L << 30,
            "A memtable is flushed at about this size; less where the memory budget is small.");
    static final Setting<Long> MAX_MEM_TABLES = Setting.number("max_mem_tables", 4, 1, 64, "memtables",
            "How many full memtables may wait to be flushed before writers wait.");
    static final Setting<Long> BASE_TABLE_SIZE = Setting.size("base_table_size", 2L << 20, 1024, 1L << 30,
            "Size of the tables that compaction writes.");
    static final Setting<Long> BASE_LEVEL_SIZE = Setting.size("base_level_size", 10L << 20, 1024, 1L << 40,
            "Size that the first sorted level may have.");
    static final Setting<Long> LEVEL_SIZE_MULTIPLIER = Setting.number("level_size_multiplier", 10, 2, 100, "",
            "How much larger each level may be than the one above it.");
    static final Setting<DamagePolicy> ON_DAMAGE = Setting.choice("on_damage", DamagePolicy.class, DamagePolicy.FAIL,
            "What opening a damaged store does: fail, or repair into a new store and keep the damaged one beside it.");
    static final Setting<Boolean> READ_ONLY = Setting.flag("read_only", false,
            "Opens for reading only: nothing is written, several processes may read.");
    static final Setting<Boolean> IN_MEMORY = Setting.flag("in_memory", false,
            "Keeps everything in memory: the path is not touched, and nothing is left after closing.");
    static final Setting<CompressionType> COMPRESSION_TYPE = Setting.choice("compression_type", CompressionType.class,
            CompressionType.SNAPPY, "Codec of table blocks; lz4 and zstd need their jars.");
    static final Setting<Boolean> COMPRESS_TABLES = Setting.flag("compress_tables", true,
            "False writes plain tables, whatever the codec.");
    static final Setting<Boolean> COMPRESS_VALUES = Setting.flag("compress_values", false,
            "Whether values in the value log are compressed, with the codec of the tables.");
    static final Setting<Long> ZSTD_LEVEL = Setting.number("z_std_compression_level", 1, 1, 22, "",
            "Level of zstd; higher is smaller and slower.");
    static final Setting<Long> BLOCK_SIZE = Setting.size("block_size", 4096, 64, 1L << 20,
            "Size of a block in a table before compression.");
    static final Setting<Double> FILTER_FALSE_POSITIVES = Setting.ratio("filter_false_positives", 0.01, 0, 1,
            "How often a filter of a table may say yes to a key that is not there.");
    static final Setting<Long> BLOCK_CACHE_SIZE = Setting.size("block_cache_size", 0, 0, 1L << 40,
            "Memory for blocks, within the memory budget; 0 takes a quarter of it, at most 256 MiB.");
    static final Setting<Boolean> MEMORY_MAPPING = Setting.flag("memory_mapping", true,
            "Whether finished tables and the preallocated log are mapped where the file system can.");
    static final Setting<Long> MAX_OPEN_FILES = Setting.number("max_open_files", 64, 1, 1_000_000, "files",
            "Tables that may be open at once where they are not mapped.");
    static final Setting<Long> L0_SLOWDOWN = Setting.number("level_zero_slowdown", 12, 1, 10_000, "tables",
            "From this number of tables in level 0 on writers are slowed down.");
    static final Setting<Long> L0_STOP = Setting.number("level_zero_stop", 24, 2, 10_001, "tables",
            "At this number of tables in level 0 writers wait.");
    static final Setting<Long> DEBT_SLOWDOWN = Setting.size("compaction_debt_slowdown", 64L << 30, 1, 1L << 50,
            "When compaction is this many bytes behind, writers are slowed down.");
    static final Setting<Long> DEBT_STOP = Setting.size("compaction_debt_stop", 256L << 30, 2, 1L << 50,
            "When compaction is this many bytes behind, writers wait.");
    static final Setting<Long> CONFLICT_KEYS = Setting.number("transaction.conflict_memory_keys", 1_000_000, 1,
            1L << 30, "keys", "How many keys of recent commits are remembered for finding conflicts.");
    static final Setting<Long> MAX_BATCH_COUNT = Setting.number("transaction.max_batch_count", 100, 1, 1_000_000,
            "operations", "Operations that are written to the log at once; no limit on a transaction.");
    static final Setting<Long> MAX_BATCH_SIZE = Setting.size("transaction.max_batch_size", 100L << 20, 1024, 1L << 30,
            "Largest transaction or batch.");
    static final Setting<Boolean> SPILL = Setting.flag("transaction.spill", false,
            "Whether larger transactions and batches go to temporary tables and are installed as such at commit.");
    static final Setting<Boolean> DETECT_CONFLICTS = Setting.flag("transaction.detect_conflicts", true,
            "False lets every transaction commit; the last one wins.");
    static final Setting<Boolean> MANAGE_TXNS = Setting.flag("transaction.manage_txns", true,
            "Whether open transactions are tracked and end after transaction_timeout.");
    static final Setting<Duration> READ_TIMEOUT = Setting.duration("transaction.read_timeout", Duration.ofSeconds(10),
            MILLI, YEARS, "How long a move of a cursor may take when the call says nothing else.");
    static final Setting<Duration> WRITE_TIMEOUT = Setting.duration("transaction.write_timeout",
            Duration.ofSeconds(30), MILLI, YEARS, "How long a commit may wait when the call says nothing else.");
    static final Setting<Duration> TRANSACTION_TIMEOUT = Setting.duration("transaction.transaction_timeout",
            Duration.ofMinutes(1), MILLI, YEARS, "How long a transaction may be open when it says nothing else.");
    static final Setting<Duration> TRANSACTION_WARN_AGE = Setting.duration("transaction.warn_age",
            Duration.ofSeconds(10), MILLI, YEARS, "A transaction that is open for longer is warned of, once.");

    static final Setting<Boolean> BACKUP_ENABLED = Setting.flag("backup.enabled", true,
            "Whether backups may be made.");
    static final Setting<Boolean> AUTO_BACKUP = Setting.flag("backup.auto_backup", true,
            "Whether backups are made by themselves.");
    static final Setting<Duration> BACKUP_INTERVAL = Setting.duration("backup.backup_interval", Duration.ofHours(24),
            Duration.ofSeconds(1), YEARS, "Time between backups.");
    static final Setting<String> BACKUP_DIR = Setting.text("backup.backup_dir", "./backups",
            "Directory of the backups, outside the store.");
    static final Setting<Boolean> COMPRESS_BACKUP = Setting.flag("backup.compress_backup", true,
            "Whether backups are compressed.");
    static final Setting<Boolean> ENCRYPTION_ENABLED = Setting.flag("backup.encryption_enabled", false,
            "Whether backups are encrypted; needs a key.");
    static final Setting<Long> RETENTION_DAYS = Setting.number("backup.retention_days", 30, 1, 36_500, "days",
            "Older backups are removed, but never the last good one.");
    static final Setting<Long> MAX_BACKUP_FILES = Setting.number("backup.max_backup_files", 10, 1, 1_000_000, "backups",
            "More backups are removed, oldest first, but never the last good one.");
    static final Setting<Duration> CLEANUP_INTERVAL = Setting.duration("backup.cleanup_interval", Duration.ofHours(6),
            Duration.ofSeconds(1), YEARS, "Time between removals of old backups.");

    static final Setting<Boolean> AUTO_COMPACTION = Setting.flag("maintenance.auto_compaction", true,
            "Whether tables are compacted by themselves.");
    static final Setting<Duration> COMPACTION_INTERVAL = Setting.duration("maintenance.compaction_interval",
            Duration.ofHours(1), MILLI, YEARS, "Time between looks for work that no write has caused.");
    static final Setting<Long> COMPACTION_WORKERS = Setting.number("maintenance.num_compaction_workers", 2, 1, 64,
            "threads", "Threads that compact.");
    static final Setting<Boolean> GC_ENABLED = Setting.flag("maintenance.gc_enabled", true,
            "Whether the value log is collected by itself.");
    static final Setting<Duration> GC_INTERVAL = Setting.duration("maintenance.gc_interval", Duration.ofMinutes(30),
            MILLI, YEARS, "Time between collections of the value log.");
    static final Setting<Double> GC_THRESHOLD = Setting.ratio("maintenance.gc_threshold", 0.7, 0, 1,
            "Part of a value-log file that must be dead before it is rewritten.");
    static final Setting<Boolean> HEALTH_CHECK_ENABLED = Setting.flag("maintenance.health_check_enabled", true,
            "Whether health is checked and told as an event by itself.");
    static final Setting<Duration> HEALTH_CHECK_INTERVAL = Setting.duration("maintenance.health_check_interval",
            Duration.ofMinutes(10), MILLI, YEARS, "Time between checks of health.");
    static final Setting<Boolean> METRICS_ENABLED = Setting.flag("maintenance.metrics_enabled", true,
            "Whether latencies are sampled, and numbers told as an event and watched for alerts.");
    static final Setting<Duration> METRICS_INTERVAL = Setting.duration("maintenance.metrics_interval",
            Duration.ofMinutes(1), MILLI, YEARS, "Time between tellings of the numbers.");

    private LsmSettings() {
    }

    /** The schema of a key-value store; made when it is asked for. */
    public static SettingsSchema schema() {
        return Schema.SCHEMA;
    }

    private static final class Schema {

        private static final SettingsSchema SCHEMA = build();

        private static SettingsSchema build() {
            SettingsSchema.Builder builder = SettingsSchema.builder();
            Setting<?>[] all = {PATH, VALUE_DIR, VALUE_LOG_FILE_SIZE, VALUE_THRESHOLD, SYNC_WRITES, MEM_TABLE_SIZE,
                MAX_MEM_TABLES, BASE_TABLE_SIZE, BASE_LEVEL_SIZE, LEVEL_SIZE_MULTIPLIER, READ_ONLY, ON_DAMAGE,
                IN_MEMORY,
                COMPRESSION_TYPE, COMPRESS_TABLES, COMPRESS_VALUES, ZSTD_LEVEL, BLOCK_SIZE, FILTER_FALSE_POSITIVES,
                BLOCK_CACHE_SIZE, MEMORY_MAPPING, MAX_OPEN_FILES, L0_SLOWDOWN, L0_STOP, DEBT_SLOWDOWN, DEBT_STOP,
                MAX_BATCH_COUNT, MAX_BATCH_SIZE, SPILL, DETECT_CONFLICTS, MANAGE_TXNS, READ_TIMEOUT, WRITE_TIMEOUT,
                TRANSACTION_TIMEOUT, TRANSACTION_WARN_AGE, CONFLICT_KEYS,
                BACKUP_ENABLED, AUTO_BACKUP, BACKUP_INTERVAL, BACKUP_DIR, COMPRESS_BACKUP, ENCRYPTION_ENABLED,
                RETENTION_DAYS, MAX_BACKUP_FILES, CLEANUP_INTERVAL, AUTO_COMPACTION, COMPACTION_INTERVAL,
                COMPACTION_WORKERS, GC_ENABLED, GC_INTERVAL, GC_THRESHOLD, HEALTH_CHECK_ENABLED, HEALTH_CHECK_INTERVAL,
                METRICS_ENABLED, METRICS_INTERVAL};
            for (Setting<?> setting : all) {
                builder.add(setting);
            }
            builder.alias("zstd_compression_level", ZSTD_LEVEL.path());
            builder.alias("maintenance.enable_metrics", METRICS_ENABLED.path());
            builder.alias("auto_compaction", AUTO_COMPACTION.path());
            builder.alias("compaction_interval", COMPACTION_INTERVAL.path());
            builder.alias("backup_enabled", BACKUP_ENABLED.path());
            builder.alias("backup_interval", BACKUP_INTERVAL.path());
            builder.alias("backup_retention", RETENTION_DAYS.path());
            return builder.build();
        }
    }

    /** What a store can do. */
    public static Set<Capability> capabilities() {
        return EnumSet.of(Capability.PERSISTENT, Capability.SYNC_WRITES, Capability.TTL, Capability.USER_METADATA,
                Capability.SERIALIZABLE, Capability.ASYNC_COMMIT, Capability.SNAPSHOTS, Capability.VERSION_HISTORY,
                Capability.RANGE_DELETE, Capability.KEYSPACES, Capability.ZERO_COPY_READ, Capability.BULK_LOAD,
                Capability.DEADLINES, Capability.COMPACTION, Capability.GARBAGE_COLLECTION, Capability.VERIFY,
                Capability.READ_ONLY, Capability.IN_MEMORY);
    }

    /** What one store can do: in memory nothing survives it. */
    static Set<Capability> capabilities(boolean inMemory) {
        Set<Capability> all = capabilities();
        if (inMemory) {
            all.removeAll(Set.of(Capability.PERSISTENT, Capability.SYNC_WRITES, Capability.READ_ONLY));
        }
        return all;
    }
}
