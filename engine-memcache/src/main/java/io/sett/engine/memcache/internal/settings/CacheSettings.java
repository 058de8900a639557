// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.settings;

import io.sett.engine.memcache.internal.evict.Eviction;
import io.sett.engine.memcache.internal.hash.HashFunction;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;
import java.time.Duration;

/** All settings of a cache, in the order of the reference page. */
public final class CacheSettings {

    private static final Duration YEARS = Duration.ofDays(3650);
    private static final Duration TICK = Duration.ofMillis(1);
    private static final long MIB = 1L << 20;

    public static final Setting<Duration> LIFE_WINDOW = Setting.duration("life_window", Duration.ofMinutes(10),
            Duration.ZERO, YEARS, "Age at which entries without a TTL of their own expire when ttl.default_ttl is 0 or "
            + "is not configured while this is; otherwise ttl.default_ttl rules. Never cuts an explicit TTL. "
            + "0 = never");
    public static final Setting<Duration> CLEAN_WINDOW = Setting.duration("clean_window", Duration.ofMinutes(5),
            Duration.ZERO, YEARS, "Period of upkeep: expired entries are swept, scattered memory is compacted, unused "
            + "memory is given back. 0 = only while writing. Use 1s when memory should come back soon");
    public static final Setting<Long> MAX_ENTRIES_IN_WINDOW = Setting.number("max_entries_in_window", 1_000_000, 0,
            Integer.MAX_VALUE, "entries", "Expected number of entries. When configured, the index has room for them "
            + "from the start; otherwise it grows as needed");
    public static final Setting<Long> MAX_ENTRY_SIZE = Setting.size("max_entry_size", 500, 0, Integer.MAX_VALUE,
            "Expected size of a large entry: a hint that advice compares with what is seen, not a limit; see "
            + "max_value_size");
    public static final Setting<Long> MAX_VALUE_SIZE = Setting.size("max_value_size", 0, 0, Integer.MAX_VALUE,
            "Largest value; larger ones are refused with ENTRY_TOO_LARGE. 0 = whatever a shard can hold");
    public static final Setting<Long> SHARDS = Setting.number("shards", 1024, 1, 65_536, "shards",
            "Parts with a lock of their own, at most. A cache whose limit leaves less than 1 MiB to each gets fewer; "
            + "unless configured, 16 MiB")
            .limited("a power of two from 1 to 65536", n -> n >= 1 && n <= 65_536 && Long.bitCount(n) == 1);
    public static final Setting<Long> HARD_MAX_CACHE_SIZE = Setting.sizeInMebibytes("hard_max_cache_size", 0, 0,
            Long.MAX_VALUE, "Memory limit of the whole cache, index included; a bare number counts MiB. 0 = none but "
            + "performance.memory_limit; the smaller of both rules")
            .limited("0 or at least 64KB", bytes -> bytes == 0 || bytes >= 65_536);
    public static final Setting<Eviction> EVICTION_POLICY = Setting.choice("eviction_policy", Eviction.class,
            Eviction.LRU, "Which entries make room: lru the longest unused, fifo the first written, w_tinylfu the least often "
            + "used (best for most workloads), s3_fifo the first written that were not used since");
    public static final Setting<FullPolicy> FULL_POLICY = Setting.choice("full_policy", FullPolicy.class,
            FullPolicy.EVICT, "What happens when the limit is reached: evict others, or reject the write (CACHE_FULL)");
    public static final Setting<Boolean> VERBOSE = Setting.flag("verbose", false,
            "Log evictions, expiry and compaction at level INFO once in each metrics interval");
    public static final Setting<HashFunction> HASH_FUNCTION = Setting.choice("hash_function", HashFunction.class,
            HashFunction.FNV, "Hash of the keys. Keys that collide are all kept. xx3 is the fastest for long keys");
    public static final Setting<Boolean> LOGGER_ENABLED = Setting.flag("logger_enabled", true, "Log at all");

    public static final Setting<Duration> DEFAULT_TTL = Setting.duration("ttl.default_ttl", Duration.ofHours(1),
            Duration.ZERO, YEARS, "TTL of entries that are set without one. 0 = life_window");
    public static final Setting<Duration> MAX_TTL = Setting.duration("ttl.max_ttl", Duration.ofHours(24),
            Duration.ZERO, YEARS, "Largest TTL that may be given. 0 = no limit");
    public static final Setting<Duration> MIN_TTL = Setting.duration("ttl.min_ttl", Duration.ofMinutes(1),
            Duration.ZERO, YEARS, "Smallest TTL that may be given. Lower it to 1ms for short-lived entries");
    public static final Setting<Duration> CLEANUP_INTERVAL = Setting.duration("ttl.cleanup_interval",
            Duration.ofMinutes(5), Duration.ZERO, YEARS, "Period at which expired entries are swept. Expired entries "
            + "are never returned and their memory can be reused at once in any case. 0 = sweep only while writing");
    public static final Setting<Long> BATCH_CLEANUP_SIZE = Setting.number("ttl.batch_cleanup_size", 1000, 1,
            1_000_000, "entries", "How many expired entries one hold of a lock removes at most");
    public static final Setting<TtlPrecision> TTL_PRECISION = Setting.choice("ttl.ttl_precision", TtlPrecision.class,
            TtlPrecision.SECOND, "What TTLs are rounded up to");
    public static final Setting<Boolean> STORE_CREATION_TIME = Setting.flag("ttl.store_creation_time", true,
            "Keep the time at which an entry was set; 6 bytes each");

    public static final Setting<Long> MAX_CONCURRENT_READERS = Setting.number("performance.max_concurrent_readers",
            100, 0, 1_000_000, "threads", "How many threads may read at a time; more wait for lock_timeout. 0 = any. "
            + "Costs nothing while fewer threads than that have used the cache");
    public static final Setting<Long> MAX_CONCURRENT_WRITERS = Setting.number("performance.max_concurrent_writers",
            10, 0, 1_000_000, "threads", "How many threads may write at a time; more wait for lock_timeout. 0 = any");
    public static final Setting<Duration> LOCK_TIMEOUT = Setting.duration("performance.lock_timeout",
            Duration.ofSeconds(1), TICK, YEARS, "How long an operation waits for a lock before it fails with "
            + "RESOURCE_LOCK_TIMEOUT");
    public static final Setting<Long> BATCH_SIZE = Setting.number("performance.batch_size", 100, 1, 1_000_000,
            "entries", "How many entries a walk (patterns, entries, snapshots) looks at in one hold of a lock");
    public static final Setting<Duration> BATCH_TIMEOUT = Setting.duration("performance.batch_timeout",
            Duration.ofMillis(10), Duration.ZERO, YEARS, "How long a walk holds a lock at most. 0 = no limit");
    public static final Setting<Boolean> ENABLE_BATCH_OPTIMIZATION = Setting.flag(
            "performance.enable_batch_optimization", true, "Off: walks take the lock for each entry anew");
    public static final Setting<Long> GC_PERCENT = Setting.number("performance.gc_percent", 100, 0, 10_000, "%",
            "A write compacts its shard when free memory is more than this part of used memory (100: half is free). "
            + "Upkeep compacts further. 0 = never compact");
    public static final Setting<Long> MEMORY_LIMIT = Setting.size("performance.memory_limit", 1024 * MIB, 0,
            Long.MAX_VALUE, "Memory limit of the whole cache, index included, beside hard_max_cache_size. 0 = none")
            .limited("0 or at least 64KB", bytes -> bytes == 0 || bytes >= 65_536);
    public static final Setting<Boolean> ENABLE_MEMORY_STATS = Setting.flag("performance.enable_memory_stats", true,
            "Answer memoryUsage(); off: zeros");

    public static final Setting<Boolean> ENABLE_METRICS = Setting.flag("monitoring.enable_metrics", true,
            "Watch the numbers below, raise alerts, publish metrics");
    public static final Setting<Duration> METRICS_INTERVAL = Setting.duration("monitoring.metrics_interval",
            Duration.ofSeconds(30), TICK, YEARS, "Period at which thresholds are checked");
    public static final Setting<Boolean> EXPORT_METRICS = Setting.flag("monitoring.export_metrics", true,
            "Show the numbers as a JMX bean io.sett:type=cache,name=…");
    public static final Setting<Boolean> TRACK_HIT_RATE = Setting.flag("monitoring.track_hit_rate", true,
            "Count hits and misses");
    public static final Setting<Boolean> TRACK_MEMORY_USAGE = Setting.flag("monitoring.track_memory_usage", true,
            "Watch memory use");
    public static final Setting<Boolean> TRACK_OPERATION_LATENCY = Setting.flag("monitoring.track_operation_latency",
            true, "Measure the first and then every 16th operation of each thread");
    public static final Setting<Double> HIT_RATE_THRESHOLD = Setting.ratio("monitoring.hit_rate_threshold", 0.8, 0, 1,
            "Alert when the hit rate of an interval with at least 100 requests is lower").limited("from 0 to 1",
            rate -> rate >= 0 && rate <= 1);
    public static final Setting<Double> MEMORY_USAGE_THRESHOLD = Setting.ratio("monitoring.memory_usage_threshold",
            0.9, 0, 1, "Alert when more of the memory limit is in use").limited("from 0 to 1",
            rate -> rate >= 0 && rate <= 1);
    public static final Setting<Duration> LATENCY_THRESHOLD = Setting.duration("monitoring.latency_threshold",
            Duration.ofMillis(1), Duration.ZERO, YEARS, "Alert when the 99th percentile of an interval is longer");

    public static final Setting<Double> GC_PRESSURE_THRESHOLD = Setting.ratio("monitoring.gc_pressure_threshold", 0.1,
            0, 1, "Alert when the garbage collector takes more of the time (code GC_PRESSURE)")
            .limited("from 0 to 1", share -> share >= 0 && share <= 1);

    /** The schema. */
    public static final SettingsSchema SCHEMA = SettingsSchema.builder()
            .add(LIFE_WINDOW).add(CLEAN_WINDOW).add(MAX_ENTRIES_IN_WINDOW).add(MAX_ENTRY_SIZE).add(MAX_VALUE_SIZE)
            .add(SHARDS).add(HARD_MAX_CACHE_SIZE).add(EVICTION_POLICY).add(FULL_POLICY).add(VERBOSE)
            .add(HASH_FUNCTION).add(LOGGER_ENABLED)
            .add(DEFAULT_TTL).add(MAX_TTL).add(MIN_TTL).add(CLEANUP_INTERVAL).add(BATCH_CLEANUP_SIZE)
            .add(TTL_PRECISION).add(STORE_CREATION_TIME)
            .add(MAX_CONCURRENT_READERS).add(MAX_CONCURRENT_WRITERS).add(LOCK_TIMEOUT).add(BATCH_SIZE)
            .add(BATCH_TIMEOUT).add(ENABLE_BATCH_OPTIMIZATION).add(GC_PERCENT).add(MEMORY_LIMIT)
            .add(ENABLE_MEMORY_STATS)
            .add(ENABLE_METRICS).add(METRICS_INTERVAL).add(EXPORT_METRICS).add(TRACK_HIT_RATE)
            .add(TRACK_MEMORY_USAGE).add(TRACK_OPERATION_LATENCY).add(HIT_RATE_THRESHOLD)
            .add(MEMORY_USAGE_THRESHOLD).add(LATENCY_THRESHOLD)
            .add(GC_PRESSURE_THRESHOLD)
            .alias("enable_metrics", "monitoring.enable_metrics")
            .alias("metrics_enabled", "monitoring.enable_metrics")
            .alias("monitoring.metrics_enabled", "monitoring.enable_metrics")
            .alias("metrics_interval", "monitoring.metrics_interval")
            .build();

    private CacheSettings() {
    }
}
