// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import io.sett.api.common.StoreKind;
import io.sett.spi.HandleTracking;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The settings that belong to the provider and not to an engine. */
public final class CoreSettings {

    /** Section of the switches. */
    public static final String ENABLED = "enabled_stores";
    /** Section of the choice of engines. */
    public static final String ENGINES = "default_engines";
    /** Section of what engines share. */
    public static final String PERFORMANCE = "performance";
    /** Section of named stores. */
    public static final String INSTANCES = "instances";
    /** Ids of the engines that the documents name, with what they say about their use. */
    public static final Map<String, Boolean> DOCUMENTED_ENGINES =
            Map.of("badger", true, "memory", true, "file", false, "sqlite", false, "temp", false);

    /** Keys of the section performance that engines may know under a shorter name. */
    static final Map<String, String> SHORT_NAMES = Map.of("max_open_connections", "max_open_conns",
            "max_idle_connections", "max_idle_conns", "connection_max_lifetime", "conn_max_lifetime");

    /** What relative paths resolve against. */
    public static final Setting<String> DATA_ROOT = Setting.text("data_root", ".",
            "Directory that relative paths of all engines resolve against; itself relative to the working directory. "
                    + "Set an absolute path to be independent of where the process is started.");
    /** Whether unknown keys are errors. */
    public static final Setting<Boolean> STRICT = Setting.flag("strict", true,
            "Unknown keys are errors with a suggestion; false turns them into warnings.");
    /** Overlay file. */
    public static final Setting<String> PROFILE = Setting.text("profile", "",
            "Name of a profile: the file storage-<profile>.conf (or .yaml, .yml, .json, .properties) beside the main "
                    + "file is laid over it. Also set by -Dstorage.profile or STORAGE_PROFILE; empty: none.");
    /** Shared memory limit. */
    public static final Setting<Long> MEMORY_BUDGET = Setting.size("memory_budget", 0, 0, Long.MAX_VALUE,
            "Memory that all stores together may take for memtables, block caches, indexes and cached entries; "
                    + "0: half of the maximum heap.").limited("0 or at least 1MB", bytes -> bytes == 0
                    || bytes >= 1 << 20);
    /** How leaks are traced. */
    public static final Setting<HandleTracking> HANDLE_TRACKING = Setting.choice("handle_tracking",
            HandleTracking.class, HandleTracking.SAMPLED,
            "How carefully forgotten cursors, transactions and streams are traced: count only counts them, sampled "
                    + "records the opening stack of one in 64, full that of each (for tests; costs microseconds).");

    /** Key of an instance: its engine. */
    public static final Setting<String> ENGINE = Setting.text("engine", "",
            "Engine of this store; empty: the default engine of its kind.");
    /** Key of an instance: whether it is opened at the start. */
    public static final Setting<Boolean> EAGER = Setting.flag("eager", false,
            "Open this store when the provider starts instead of when it is first asked for.");

    /** Default engine of each kind. */
    public static final Map<StoreKind, Setting<String>> DEFAULT_ENGINE = defaultEngines();


    private CoreSettings() {
    }

    private static Map<StoreKind, Setting<String>> defaultEngines() {
        Map<StoreKind, Setting<String>> all = new EnumMap<>(StoreKind.class);
        Map<StoreKind, String> engines = Map.of(StoreKind.KEY_VALUE, "badger", StoreKind.CACHE, "memory",
                StoreKind.FILE, "file", StoreKind.TEMP, "temp", StoreKind.SQL, "sqlite");
        for (StoreKind kind : StoreKind.values()) {
            all.put(kind, Setting.text(kind.key(), engines.get(kind), "Engine of every " + kind.label()
                    + " that does not say otherwise."));
        }
        return all;
    }

    /** Settings directly below the root. */
    public static SettingsSchema root() {
        return SettingsSchema.of(DATA_ROOT, STRICT, PROFILE, MEMORY_BUDGET, HANDLE_TRACKING);
    }

    /** The section default_engines. */
    public static SettingsSchema engines() {
        return SettingsSchema.of(List.copyOf(DEFAULT_ENGINE.values()));
    }

    /** The keys of an instance beside those of its engine. */
    public static SettingsSchema instance() {
        return SettingsSchema.of(ENGINE, EAGER);
    }

    /** The switch of an engine. */
    public static Setting<Boolean> enabled(String engine) {
        boolean standard = DOCUMENTED_ENGINES.getOrDefault(engine, true);
        return Setting.flag(engine, standard, "Whether stores on the engine '" + engine + "' may be opened.");
    }

    /** The section performance: handed to each engine that has a setting of the same name and no value of its own. */
    public static SettingsSchema performance() {
        return SettingsSchema.of(
                Setting.number("max_open_connections", 100, 1, 10_000, "connections",
                        "Open connections of a pool; whoever asks for one more waits."),
                Setting.number("max_idle_connections", 10, 0, 10_000, "connections",
                        "Idle connections that a pool keeps."),
                Setting.duration("connection_max_lifetime", Duration.ofHours(1), Duration.ofSeconds(1),
                        Duration.ofDays(365), "Age at which a connection is replaced."),
                Setting.number("batch_size", 1000, 1, 1_000_000, "operations",
                        "Most operations that are written as one group."),
                Setting.duration("batch_timeout", Duration.ofMillis(100), Duration.ZERO, Duration.ofMinutes(1),
                        "Longest wait to fill a group; a write never waits when nothing else is under way."),
                Setting.flag("enable_batch_optimization", true, "Write concurrent operations in groups."),
                Setting.flag("enable_query_cache", true, "Keep the results of SQL queries until their tables change."),
                Setting.size("query_cache_size", 100L << 20, 0, Long.MAX_VALUE,
                        "Memory for cached query results; \"100MB\" means 100 * 2^20 bytes."),
                Setting.duration("query_cache_ttl", Duration.ofMinutes(5), Duration.ZERO, Duration.ofDays(365),
                        "Age at which a cached result is dropped."));
    }
}
