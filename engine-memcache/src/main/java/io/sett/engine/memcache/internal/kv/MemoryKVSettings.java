// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;
import java.time.Duration;

/** The settings of the key-value store in memory. */
public final class MemoryKVSettings {

    private static final Duration DAY = Duration.ofDays(1);

    /** Bytes of heap the entries may take. */
    static final Setting<Long> MEMORY_LIMIT = Setting.size("memory_limit", 0, 0, Long.MAX_VALUE,
            "Bytes of heap that keys, values and their bookkeeping may take; 0 leaves only the memory budget of the "
                    + "process as a limit. Over it writes fail with MEMORY_EXHAUSTED, deletes go on.");
    /** Largest key. */
    static final Setting<Long> MAX_KEY_SIZE = Setting.size("max_key_size", 64 << 10, 1, 1 << 30, "Largest key.");
    /** Largest value. */
    static final Setting<Long> MAX_VALUE_SIZE =
            Setting.size("max_value_size", 256 << 20, 1, Integer.MAX_VALUE - 64, "Largest value.");
    /** Largest transaction in bytes. */
    static final Setting<Long> MAX_TRANSACTION_SIZE = Setting.size("transaction.max_batch_size", 256 << 20, 1,
            Long.MAX_VALUE, "Largest transaction or batch in bytes of keys and values.");
    /** Largest transaction in writes. */
    static final Setting<Long> MAX_TRANSACTION_WRITES = Setting.number("transaction.max_operations", 10_000_000, 1,
            Long.MAX_VALUE, "writes", "Largest transaction or batch in number of keys written.");
    /** How long a transaction may be open. */
    static final Setting<Duration> TRANSACTION_TIMEOUT = Setting.duration("transaction.transaction_timeout",
            Duration.ofMinutes(1), Duration.ofMillis(1), DAY.multipliedBy(365),
            "How long a transaction that brings no timeout may be open before it is rolled back.");
    /** When an open transaction is logged. */
    static final Setting<Duration> WARN_AGE = Setting.duration("transaction.warn_age", Duration.ofSeconds(30),
            Duration.ofMillis(1), DAY.multipliedBy(365),
            "A transaction that is open for longer is logged once, since it keeps old data alive.");
    /** Remembered deletions. */
    static final Setting<Long> KEPT_DELETIONS = Setting.number("kept_deletions", 10_000, 1, 100_000_000, "deletions",
            "How many of the latest deletions are remembered, so that a cursor can show what changed since a version. "
                    + "Each takes the bytes of its key and about 170 more.");
    /** Pace of housekeeping. */
    static final Setting<Duration> SWEEP_INTERVAL = Setting.duration("sweep_interval", Duration.ofSeconds(1),
            Duration.ofMillis(10), DAY, "The shortest time between two rounds that drop expired entries and end "
                    + "overdue transactions. An expired entry is never returned, whenever it is dropped.");

    private static final SettingsSchema SCHEMA = SettingsSchema.of(MEMORY_LIMIT, MAX_KEY_SIZE, MAX_VALUE_SIZE,
            MAX_TRANSACTION_SIZE, MAX_TRANSACTION_WRITES, TRANSACTION_TIMEOUT, WARN_AGE,
            KEPT_DELETIONS, SWEEP_INTERVAL);

    private MemoryKVSettings() {
    }

    /** All of them. */
    public static SettingsSchema schema() {
        return SCHEMA;
    }
}
